/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.redrive;

import io.streambed.cli.cluster.RedrivePublisher;
import io.streambed.processors.redrive.Pace;
import io.streambed.processors.redrive.Resend;
import io.streambed.processors.redrive.Slice;
import io.streambed.processors.redrive.Verdict;
import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.Redrive;
import io.streambed.schemas.RedriveOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Publishes what was chosen, a slice at a time and no faster than it may. For one thread. */
public final class RedriveRun {
  private static final int MOST_REQUESTS = 500;

  /** What is in memory of requests and in one transaction. */
  private static final long MOST_BYTES = 8L << 20;

  private final Plan plan;
  private final Choosing choosing;
  private final RedrivePublisher publisher;
  private final InstantSource clock;
  private final Predicate<Duration> stopped;
  private final Tally tally;
  private final List<Resend> again = new ArrayList<>();
  private final List<Verdict.Parked> parked = new ArrayList<>();
  private long bytes;
  private Optional<Pace> pace;
  private boolean ended;

  /**
   * @param stopped waits so long, and says whether the run is to end
   */
  public RedriveRun(
      Plan plan,
      Choosing choosing,
      RedrivePublisher publisher,
      InstantSource clock,
      Predicate<Duration> stopped,
      Tally tally) {
    this.plan = plan;
    this.choosing = choosing;
    this.publisher = publisher;
    this.clock = clock;
    this.stopped = stopped;
    this.tally = tally;
    this.pace =
        plan.rate().isPresent()
            ? Optional.of(new Pace(plan.rate().getAsDouble(), Instant.MIN))
            : Optional.empty();
  }

  /**
   * Takes the next dead letter. What it leads to is written with others, or by {@link #end}.
   *
   * @param ruled whether the platform's own rule will redrive it
   */
  public void take(DeadLetter letter, boolean ruled) {
    if (ended || stopped.test(Duration.ZERO)) {
      ended = true;
      return;
    }
    choosing
        .choose(letter, ruled)
        .ifPresent(verdict -> {
          switch (verdict) {
            case Verdict.Again(Resend resend) -> add(resend);
            case Verdict.Parked one -> parked.add(one);
          }
        });
    int most = Math.min(MOST_REQUESTS, pace.map(Pace::slice).orElse(MOST_REQUESTS));
    if (again.size() >= most || parked.size() >= MOST_REQUESTS || bytes >= MOST_BYTES) {
      write();
    }
  }

  private void add(Resend resend) {
    again.add(resend);
    bytes += resend.size();
  }

  /** Writes what is left. */
  public void end() {
    if (!ended) {
      write();
    }
  }

  private void write() {
    Slice slice = new Slice(again, parked);
    if (slice.isEmpty()) {
      return;
    }
    Duration wait = pace.map(it -> it.wait(clock.instant())).orElse(Duration.ZERO);
    if (stopped.test(wait)) {
      ended = true;
      return;
    }
    for (Redrive said : publisher.write(slice, plan.redriving().run(), clock.instant())) {
      if (said.getOutcome() == RedriveOutcome.REDRIVEN) {
        tally.addRedriven(said.getTopic().orElse(""));
      } else {
        tally.addParked();
      }
    }
    pace = pace.map(it -> it.after(slice.again().size(), clock.instant()));
    again.clear();
    parked.clear();
    bytes = 0;
  }
}
