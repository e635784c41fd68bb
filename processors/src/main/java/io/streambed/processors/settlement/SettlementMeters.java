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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts settlements. Counted when written; a transaction that is rolled back counts again. */
record SettlementMeters(MeterRegistry meters) {

  private static final Logger LOG = LoggerFactory.getLogger(SettlementMeters.class);

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
    if (event.getPriceEffectiveFrom().isEmpty()) {
      unpriced(event);
    }
  }

  /** Counts a call that nobody can price, and says so at the first of its kind. */
  private void unpriced(UsageEvent event) {
    String tier = event.getServedTier().orElse(event.getTier());
    Counter counter =
        Counter.builder("streambed.calls.unpriced")
            .description("Calls of models, or in tiers, that the price table has no price for")
            .tag("model.id", event.getModelId())
            .tag("tier", tier)
            .register(meters);
    if (counter.count() == 0) {
      LOG.atWarn()
          .addKeyValue("modelId", event.getModelId())
          .addKeyValue("tier", tier)
          .log(
              "this model has no price in this tier: its calls are told with a cost of 0; give"
                  + " it one in prices.file");
    }
    counter.increment();
  }

  void evicted(int answers) {
    Counter.builder("streambed.answers.evicted")
        .description("Answers that had to go before their time to keep the bound on bytes")
        .register(meters)
        .increment(answers);
  }
}
