/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.redrive;

import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.DeadLetterCode;
import io.streambed.schemas.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What the platform redrives by itself: what time alone may mend, after a while. Pure.
 *
 * @param redriving under which name, and how often
 * @param back where what it redrives goes
 * @param delay how long after the settlement
 * @param maxBytes most bytes of a record that is published again
 */
public record Rule(Redriving redriving, WayBack back, Duration delay, int maxBytes) {

  /** Name of the platform's own run. */
  public static final String RUN = "platform";

  private static final Set<FailureKind> KINDS =
      EnumSet.of(FailureKind.CAPACITY, FailureKind.PROVIDER);

  /** A deadline has passed, somebody did not want it, a budget is spent: all that stays so. */
  private static final Set<DeadLetterCode> LASTING =
      EnumSet.of(DeadLetterCode.EXPIRED, DeadLetterCode.CANCELLED, DeadLetterCode.BUDGET_SPENT);

  /** What to do about a dead letter. */
  public sealed interface Next {

    /** Its request is published again or parked now. */
    record Now(Verdict verdict) implements Next {}

    /** It is not time yet. */
    record Later(Instant at) implements Next {}

    /**
     * It is left to people.
     *
     * @param why empty where it is none of the rule's business
     */
    record Never(Optional<Skip> why) implements Next {}
  }

  /**
   * Decides.
   *
   * @param state what was done with it so far
   * @param now the wall clock
   */
  public Next decide(DeadLetter letter, Ledger.State state, Instant now) {
    if (!isMendable(letter) || state != Ledger.State.OPEN) {
      return new Next.Never(Optional.empty());
    }
    Instant due = letter.getSettledAt().plus(delay);
    if (due.isAfter(now)) {
      return new Next.Later(due);
    }
    return switch (Whereabouts.of(letter)) {
      case Whereabouts.Here(Original original) -> here(letter, original);
      case Whereabouts.AtItsPlace place -> new Next.Never(Optional.of(Skip.TOO_LARGE));
      case Whereabouts.Nowhere nowhere -> new Next.Never(Optional.of(Skip.NO_VALUE));
    };
  }

  private static boolean isMendable(DeadLetter letter) {
    return KINDS.contains(letter.getKind()) && !LASTING.contains(letter.getCode());
  }

  /**
   * Whether the rule redrives a dead letter when it comes to it, but for its size.
   *
   * @param back where what it redrives goes
   */
  public static boolean concerns(DeadLetter letter, WayBack back) {
    return isMendable(letter)
        && Whereabouts.of(letter) instanceof Whereabouts.Here
        && back.of(letter).isPresent();
  }

  /** Name of the group in which the instances of an application read dead letters. */
  public static String group(String applicationId) {
    return applicationId + "-redrive";
  }

  private Next here(DeadLetter letter, Original original) {
    Optional<String> topic = back.of(letter);
    if (topic.isEmpty()) {
      return new Next.Never(Optional.of(Skip.OF_A_RUN));
    }
    Verdict verdict = redriving.decide(letter, original, topic.get());
    return verdict instanceof Verdict.Again(Resend resend) && resend.size() > maxBytes
        ? new Next.Never(Optional.of(Skip.TOO_LARGE))
        : new Next.Now(verdict);
  }
}
