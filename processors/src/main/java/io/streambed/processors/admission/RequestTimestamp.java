/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

import java.time.Duration;
import java.time.InstantSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * A request record's time. Never throws and never drops a record, as Kafka Streams' own extractors
 * do with a time that cannot be: it takes the partition's time in its place, or the wall clock's
 * where the partition has none yet.
 */
public final class RequestTimestamp implements TimestampExtractor {

  /** Clocks of producers may be ahead by this much. */
  private static final Duration MOST_AHEAD = Duration.ofDays(1);

  private final InstantSource clock;

  public RequestTimestamp(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public long extract(ConsumerRecord<Object, Object> request, long partitionTime) {
    long now = clock.millis();
    long time = request.timestamp();
    if (time >= 0 && time <= now + MOST_AHEAD.toMillis()) {
      return time;
    }
    return partitionTime >= 0 ? partitionTime : now;
  }
}
