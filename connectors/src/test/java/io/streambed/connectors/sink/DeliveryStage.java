/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import static io.streambed.connectors.sink.Samples.ORDERS;

import io.streambed.connectors.platform.FakePluginMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** A task's surroundings: a worker, a Kinesis and a clock that go as a test says. */
abstract class DeliveryStage {

  /** No first pause after a refusal is longer. */
  static final Duration PAUSE = Duration.ofMillis(250);

  final FakeKinesis kinesis = new FakeKinesis();
  final FakeWorker worker = new FakeWorker();
  final FakePluginMetrics metrics = new FakePluginMetrics();
  private long now;

  /** A task that has {@link Samples#ORDERS}. */
  final Delivery delivery(String... settings) {
    Delivery delivery =
        new Delivery(
            Samples.config(settings),
            worker,
            new SinkMetrics(Optional.of(metrics), () -> now, () -> Instant.EPOCH.plusNanos(now)),
            kinesis,
            new Random(1),
            () -> now);
    worker.assign(ORDERS);
    delivery.open(List.of(ORDERS));
    return delivery;
  }

  final void pass(Duration time) {
    now += time.toNanos();
  }

  static Map<TopicPartition, OffsetAndMetadata> consumed(long offset) {
    return Map.of(ORDERS, new OffsetAndMetadata(offset));
  }
}
