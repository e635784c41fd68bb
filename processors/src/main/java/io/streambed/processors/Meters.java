/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.streambed.processors.invocation.Calls;
import io.streambed.processors.invocation.Load;
import io.streambed.processors.model.Lane;
import java.util.List;
import org.apache.kafka.streams.KafkaStreams;

/** Gauges of what is in memory and of each lane. */
final class Meters {

  private static final List<String> CONDITIONS =
      List.of("running", "throttled", "broken", "stopped");

  private Meters() {}

  /** Returns what watches Kafka's clients until it is closed. */
  static KafkaStreamsMetrics bind(
      MeterRegistry meters, Calls calls, Load load, List<Lane> lanes, KafkaStreams streams) {
    Gauge.builder("streambed.jobs", load, Load::jobs)
        .description("Jobs that are admitted and not settled, in memory")
        .register(meters);
    Gauge.builder("streambed.jobs.bytes", load, Load::bytes)
        .description("Bytes of what those jobs ask")
        .baseUnit("bytes")
        .register(meters);
    for (Lane lane : lanes) {
      bind(meters, calls, lane.name());
    }
    KafkaStreamsMetrics kafka = new KafkaStreamsMetrics(streams);
    kafka.bindTo(meters);
    return kafka;
  }

  private static void bind(MeterRegistry meters, Calls calls, String lane) {
    Gauge.builder("streambed.lane.open", calls, c -> c.open(lane))
        .description("Calls that are open")
        .tag("lane", lane)
        .register(meters);
    Gauge.builder("streambed.lane.ready", calls, c -> c.ready(lane))
        .description("Committed attempts that wait for a permit")
        .tag("lane", lane)
        .register(meters);
    Gauge.builder("streambed.lane.limit", calls, c -> c.limit(lane))
        .description("Calls that may be open at a time, as learned from throttling")
        .tag("lane", lane)
        .register(meters);
    for (String condition : CONDITIONS) {
      Gauge.builder(
              "streambed.lane.condition",
              calls,
              c -> c.condition(lane).word().equals(condition) ? 1 : 0)
          .description("1 for the condition that the lane is in")
          .tag("lane", lane)
          .tag("condition", condition)
          .register(meters);
    }
  }
}
