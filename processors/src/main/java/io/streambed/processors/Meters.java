/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.streambed.processors.invocation.Calls;
import io.streambed.processors.invocation.LaneView;
import io.streambed.processors.invocation.Load;
import io.streambed.processors.job.PausedPartitions;
import io.streambed.processors.model.Lane;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.streams.KafkaStreams;

/** Gauges of what is in memory and of each lane. */
final class Meters {

  private static final List<String> CONDITIONS =
      List.of("running", "throttled", "broken", "stopped");

  /** Those that our breaker can be in. */
  private static final List<String> BREAKER = List.of("closed", "open", "half_open");

  private static final String PREFIX = "streambed.lane.";

  private Meters() {}

  /** Returns what watches Kafka's clients until it is closed. */
  static KafkaStreamsMetrics bind(
      MeterRegistry meters,
      Calls calls,
      Load load,
      PausedPartitions paused,
      List<Lane> lanes,
      KafkaStreams streams) {
    Gauge.builder("streambed.jobs", load, Load::jobs)
        .description("Jobs that are admitted and not settled, in memory")
        .register(meters);
    Gauge.builder("streambed.jobs.bytes", load, Load::bytes)
        .description("Bytes of what those jobs ask")
        .baseUnit("bytes")
        .register(meters);
    Gauge.builder("streambed.partitions.paused", paused, p -> p.all().size())
        .description("Partitions that are not read because enough waits for their work")
        .register(meters);
    for (Lane lane : lanes) {
      bind(meters, calls, lane);
    }
    KafkaStreamsMetrics kafka = new KafkaStreamsMetrics(streams);
    kafka.bindTo(meters);
    return kafka;
  }

  private static void bind(MeterRegistry meters, Calls calls, Lane lane) {
    lane(meters, calls, lane, "open", "Calls that are open", LaneView::open);
    lane(
        meters, calls, lane, "ready", "Committed attempts that wait for a permit", LaneView::ready);
    lane(
        meters,
        calls,
        lane,
        "waiting",
        "Prompts, and groups of texts that share a call, that wait for their turn",
        LaneView::waiting);
    lane(
        meters,
        calls,
        lane,
        "limit",
        "Calls that may be open at a time, as learned from throttling",
        LaneView::limit);
    lane(
        meters, calls, lane, "share", "Part of the quota that is this instance's", LaneView::share);
    lane(
        meters,
        calls,
        lane,
        "granted",
        "Part of this instance's share that the provider grants, as learned from throttling",
        LaneView::granted);
    lane(
        meters,
        calls,
        lane,
        "set.aside",
        "Tokens that the provider keeps for open calls, at the most that they can take",
        LaneView::setAside);
    FunctionCounter.builder(PREFIX + "throttles", calls, c -> c.view(lane).used().throttlesEver())
        .description("Calls that were throttled")
        .tag("lane", lane.name())
        .register(meters);
    bindUse(meters, calls, lane);
    for (String condition : CONDITIONS) {
      Gauge.builder(
              PREFIX + "condition",
              calls,
              c -> c.view(lane).condition().word().equals(condition) ? 1 : 0)
          .description("1 for the condition that the lane is in")
          .tag("lane", lane.name())
          .tag("condition", condition)
          .register(meters);
    }
    for (String state : BREAKER) {
      Gauge.builder(PREFIX + "breaker", calls, c -> c.view(lane).breaker().equals(state) ? 1 : 0)
          .description("1 for the state that the lane's breaker is in")
          .tag("lane", lane.name())
          .tag("state", state)
          .register(meters);
    }
  }

  private static void bindUse(MeterRegistry meters, Calls calls, Lane lane) {
    Map<String, OptionalLong> quotas =
        Map.of(
            "requests_per_minute", lane.quota().requestsPerMinute(),
            "tokens_per_minute", lane.quota().tokensPerMinute(),
            "tokens_per_day", lane.quota().tokensPerDay());
    quotas.forEach((of, quota) ->
        quota.ifPresent(most ->
            Gauge.builder(PREFIX + "quota", () -> most)
                .description("What all instances may use together")
                .tag("lane", lane.name())
                .tag("of", of)
                .register(meters)));
    Map<String, ToDoubleFunction<LaneView>> used =
        Map.of("requests", v -> v.used().requests(), "tokens", v -> v.used().tokens());
    used.forEach((of, value) ->
        Gauge.builder(PREFIX + "used", calls, c -> value.applyAsDouble(c.view(lane)))
            .description("What was used in the last minute, as the provider counts it")
            .tag("lane", lane.name())
            .tag("of", of)
            .register(meters));
  }

  private static void lane(
      MeterRegistry meters,
      Calls calls,
      Lane lane,
      String name,
      String description,
      ToDoubleFunction<LaneView> value) {
    Gauge.builder(PREFIX + name, calls, c -> value.applyAsDouble(c.view(lane)))
        .description(description)
        .tag("lane", lane.name())
        .register(meters);
  }
}
