/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.ops;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.Set;

/** Keeps the number of time series bounded, whatever Kafka adds or is asked to do. */
final class MeterBounds {

  /** Time series beyond this are a mistake; they are not kept. */
  private static final int CEILING = 5_000;

  private static final Set<String> TOTALS =
      Set.of("client.id", "thread.id", "kafka.version", "application.id", "instance.id");

  /**
   * Of Kafka's own meters only those of a client or a thread: those of each task, topic, partition,
   * node, broker and store grow with the cluster.
   */
  static final MeterFilter KAFKA_TOTALS =
      new MeterFilter() {
        @Override
        public MeterFilterReply accept(Meter.Id id) {
          return id.getName().startsWith("kafka.")
                  && id.getTags().stream().map(Tag::getKey).anyMatch(key -> !TOTALS.contains(key))
              ? MeterFilterReply.DENY
              : MeterFilterReply.NEUTRAL;
        }
      };

  private MeterBounds() {}

  static MeterFilter ceiling() {
    return MeterFilter.maximumAllowableMetrics(CEILING);
  }
}
