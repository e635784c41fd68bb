/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.settlement;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.ResultSource;
import io.streambed.schemas.UsageEvent;
import io.streambed.schemas.state.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Counts settlements. Counted when written; a transaction that is rolled back counts again. */
record SettlementMeters(MeterRegistry meters) {

  void result(Job job, ResultSource source, boolean repeat, Instant now) {
    Counter.builder("streambed.results")
        .description("Requests settled with a result")
        .tag("model", job.getModel())
        .tag("source", source.name().toLowerCase(Locale.ROOT))
        .tag("repeat", Boolean.toString(repeat))
        .register(meters)
        .increment();
    Timer.builder("streambed.request.duration")
        .description("Time from admission to the result")
        .tag("model", job.getModel())
        .tag("source", source.name().toLowerCase(Locale.ROOT))
        .publishPercentileHistogram(false)
        .register(meters)
        .record(Duration.between(job.getAdmittedAt(), now));
  }

  void deadLetter(DeadLetter letter) {
    Counter.builder("streambed.dead.letters")
        .description("Requests settled with a dead letter")
        .tag("code", letter.getCode().name().toLowerCase(Locale.ROOT))
        .tag("kind", letter.getKind().name().toLowerCase(Locale.ROOT))
        .register(meters)
        .increment();
  }

  void used(UsageEvent event) {
    Counter.builder("streambed.cost")
        .description("Cost of calls in US dollars; upper bounds where an outcome is lost")
        .baseUnit("usd")
        .tag("model", event.getModel())
        .tag("outcome", event.getOutcome().name().toLowerCase(Locale.ROOT))
        .register(meters)
        .increment(event.getCostPicoDollars() / 1e12);
  }

  void evicted(int answers) {
    Counter.builder("streambed.answers.evicted")
        .description("Answers that had to go before their time to keep the bound on bytes")
        .register(meters)
        .increment(answers);
  }
}
