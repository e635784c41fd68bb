/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.DeadLetterCode;
import io.streambed.schemas.FailureKind;
import io.streambed.schemas.redrive.RedriveMark;
import io.streambed.schemas.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleTest {
  private static final Duration DELAY = Duration.ofMinutes(5);
  private static final WayBack BACK = new WayBack(Topics.defaults());
  private static final Rule RULE = new Rule(new Redriving(Rule.RUN, 3), BACK, DELAY, 10_000);
  private static final Instant SETTLED = Letters.at(0, List.of()).getSettledAt();

  @ParameterizedTest
  @CsvSource({
    "THROTTLED,         CAPACITY, true",
    "MODEL_ERROR,       PROVIDER, true",
    "MODEL_UNAVAILABLE, PROVIDER, true",
    "EXPIRED,           CAPACITY, false",
    "BUDGET_SPENT,      CAPACITY, false",
    "CANCELLED,         CALLER,   false",
    "REJECTED_BY_MODEL, CALLER,   false",
    "RESULT_TOO_LARGE,  OPERATOR, false",
    "INTERNAL_ERROR,    BUG,      false",
  })
  void onlyWhatTimeMayMendIsRedriven(DeadLetterCode code, FailureKind kind, boolean redriven) {
    // Given
    DeadLetter letter =
        DeadLetter.newBuilder(Letters.at(1, List.of())).setCode(code).setKind(kind).build();

    // When
    Rule.Next next = RULE.decide(letter, Ledger.State.OPEN, SETTLED.plus(DELAY));

    // Then
    assertThat(next).isInstanceOf(redriven ? Rule.Next.Now.class : Rule.Next.Never.class);
  }

  @Test
  void itWaitsForTheWholeDelay() {
    DeadLetter letter = Letters.at(1, List.of());
    assertThat(RULE.decide(letter, Ledger.State.OPEN, SETTLED.plus(DELAY).minusMillis(1)))
        .isEqualTo(new Rule.Next.Later(SETTLED.plus(DELAY)));
  }

  @Test
  void whatWasRedrivenByHandIsLeftAlone() {
    assertThat(RULE.decide(Letters.at(1, List.of()), Ledger.State.REDRIVEN, SETTLED.plus(DELAY)))
        .isEqualTo(new Rule.Next.Never(Optional.empty()));
  }

  @Test
  void whatWasRedrivenOftenEnoughIsParked() {
    DeadLetter letter =
        Letters.at(1, new RedriveMark(3, "order-0", "hand", "prompt-requests-1-0").headers());
    assertThat(RULE.decide(letter, Ledger.State.OPEN, SETTLED.plus(DELAY)))
        .isEqualTo(new Rule.Next.Now(new Verdict.Parked(letter, "order-0", 3)));
  }

  @Test
  void whatARunAskedGoesWhereItsResultWasWantedOrIsLeftToPeople() {
    // Given
    DeadLetter live = Letters.replayed("prompt-results");
    DeadLetter apart = Letters.replayed("replay-r-results");

    // When
    Rule.Next next = RULE.decide(live, Ledger.State.OPEN, SETTLED.plus(DELAY));

    // Then
    assertThat(((Verdict.Again) ((Rule.Next.Now) next).verdict()).resend().topic())
        .isEqualTo("prompt-requests");
    assertThat(RULE.decide(apart, Ledger.State.OPEN, SETTLED.plus(DELAY)))
        .isEqualTo(new Rule.Next.Never(Optional.of(Skip.OF_A_RUN)));
    assertThat(Rule.concerns(live, BACK)).isTrue();
    assertThat(Rule.concerns(apart, BACK)).isFalse();
  }

  @Test
  void whatIsNotInItsDeadLetterOrTooLargeIsLeftToPeople() {
    DeadLetter elsewhere =
        Letters.builder(1).setOriginalValueLength(5).setOriginalValueSha256("00").build();
    assertThat(RULE.decide(elsewhere, Ledger.State.OPEN, SETTLED.plus(DELAY)))
        .isEqualTo(new Rule.Next.Never(Optional.of(Skip.TOO_LARGE)));
    assertThat(RULE.decide(Letters.builder(1).build(), Ledger.State.OPEN, SETTLED.plus(DELAY)))
        .isEqualTo(new Rule.Next.Never(Optional.of(Skip.NO_VALUE)));
    Rule tight = new Rule(new Redriving(Rule.RUN, 3), BACK, DELAY, 200);
    assertThat(tight.decide(Letters.at(1, List.of()), Ledger.State.OPEN, SETTLED.plus(DELAY)))
        .isEqualTo(new Rule.Next.Never(Optional.of(Skip.TOO_LARGE)));
  }
}
