/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.redrive;

import io.streambed.processors.redrive.Ledger;
import io.streambed.processors.redrive.Original;
import io.streambed.processors.redrive.RequestPlace;
import io.streambed.processors.redrive.Resend;
import io.streambed.processors.redrive.Skip;
import io.streambed.processors.redrive.Verdict;
import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.serdes.WireFormat;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.apache.avro.Schema;

/**
 * Decides for each dead letter of a run what becomes of its request. Counts what is left out; what
 * is written is counted when it has been. For one thread.
 */
public final class Choosing {
  private final Plan plan;
  private final Ledger ledger;
  private final Tally tally;
  private final Sources sources;
  private final Set<RequestPlace> seen = new HashSet<>();
  private int free;

  /**
   * Where a decision gets what it needs.
   *
   * @param originals the requests of dead letters
   * @param back the topic where a request goes if nobody says otherwise
   * @param schemas the schema of an id; empty where the registry has none
   * @param limits bytes of the largest record that a topic takes; empty where there is none
   */
  public record Sources(
      Function<DeadLetter, Originals.Found> originals,
      Function<DeadLetter, Optional<String>> back,
      IntFunction<Optional<Schema>> schemas,
      Function<String, OptionalInt> limits) {}

  /**
   * @param ledger what was done before
   */
  public Choosing(Plan plan, Ledger ledger, Tally tally, Sources sources) {
    this.plan = plan;
    this.ledger = ledger;
    this.tally = tally;
    this.sources = sources;
    this.free =
        plan.limit().isEmpty()
            ? Integer.MAX_VALUE
            : plan.limit().getAsInt() - ledger.redrivenBy(plan.redriving().run());
  }

  /**
   * What is to be written for a dead letter, if anything is.
   *
   * @param ruled whether the platform's own rule will redrive it
   */
  public Optional<Verdict> choose(DeadLetter letter, boolean ruled) {
    if (!plan.selection().test(letter)) {
      return Optional.empty();
    }
    RequestPlace place = RequestPlace.of(letter);
    Ledger.State state = ledger.stateOf(place);
    if (state == Ledger.State.REDRIVEN || !seen.add(place)) {
      tally.addDone();
      return Optional.empty();
    }
    if (ruled) {
      return skip(Skip.RULED);
    }
    if (free <= 0) {
      tally.addLeft();
      return Optional.empty();
    }
    return switch (sources.originals().apply(letter)) {
      case Originals.Found.Not(Skip reason) -> skip(reason);
      case Originals.Found.There(Original original) -> decide(letter, original, state);
    };
  }

  private Optional<Verdict> decide(DeadLetter letter, Original original, Ledger.State state) {
    Optional<String> topic = plan.to().or(() -> sources.back().apply(letter));
    if (topic.isEmpty()) {
      return skip(Skip.OF_A_RUN);
    }
    return switch (plan.redriving().decide(letter, original, topic.get())) {
      case Verdict.Parked parked -> {
        if (state == Ledger.State.PARKED) {
          tally.addParkedBefore();
          yield Optional.empty();
        }
        yield Optional.of(parked);
      }
      case Verdict.Again(Resend resend) -> again(resend);
    };
  }

  private Optional<Verdict> again(Resend found) {
    Resend resend = found;
    if (!plan.patches().all().isEmpty()) {
      switch (patched(resend)) {
        case Patches.Patched.Done(byte[] value) ->
            resend = resend.changed(value, plan.patches().texts());
        case Patches.Patched.Not(Skip reason) -> {
          return skip(reason);
        }
      }
    }
    OptionalInt limit = sources.limits().apply(resend.topic());
    if (limit.isEmpty()) {
      return skip(Skip.NO_TOPIC);
    }
    if (resend.size() > limit.getAsInt()) {
      return skip(Skip.TOO_LARGE);
    }
    free--;
    return Optional.of(new Verdict.Again(resend));
  }

  private Patches.Patched patched(Resend resend) {
    byte[] value = resend.original().value();
    OptionalInt id = WireFormat.schemaId(value);
    Optional<Schema> writer =
        id.isPresent() ? sources.schemas().apply(id.getAsInt()) : Optional.empty();
    return writer
        .map(schema -> plan.patches().apply(value, schema))
        .orElseGet(() -> new Patches.Patched.Not(Skip.UNREADABLE));
  }

  private Optional<Verdict> skip(Skip reason) {
    tally.addSkipped(reason);
    return Optional.empty();
  }
}
