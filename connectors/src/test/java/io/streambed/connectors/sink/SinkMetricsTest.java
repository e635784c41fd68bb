/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

/** What a running task tells of itself. */
class SinkMetricsTest extends DeliveryStage {

  private static final Map<String, String> TASK = Map.of();

  @Test
  void theLagIsTheAgeOfTheOldestRecordThatKinesisHasNotTaken() {
    // Given
    pass(Duration.ofSeconds(60));
    Delivery delivery = delivery("linger.ms", "0");
    assertThat(metrics.values(TASK)).containsEntry("behind-ms", 0L);

    // When: of two records Kinesis takes the newer one
    delivery.put(List.of(record(0, "a", 10_000), record(1, "b", 40_000)));
    assertThat(metrics.values(TASK)).containsEntry("behind-ms", 50_000L);
    kinesis.last().refuse(Set.of(0));
    delivery.put(List.of());
    pass(Duration.ofSeconds(5));

    // Then
    assertThat(metrics.values(TASK)).containsEntry("behind-ms", 55_000L);
    delivery.put(List.of());
    kinesis.last().take();
    delivery.put(List.of());
    assertThat(metrics.values(TASK)).containsEntry("behind-ms", 0L);
  }

  @Test
  void aTaskThatHasNothingToDoIsNotBehind() {
    // Given
    Delivery delivery = delivery("linger.ms", "0");
    delivery.put(List.of(record(0, "a", 0)));
    kinesis.last().take();
    delivery.put(List.of());

    // When
    pass(Duration.ofHours(1));

    // Then
    assertThat(metrics.values(TASK)).containsEntry("behind-ms", 0L);
  }

  @Test
  void whatWaitsOfAPartitionThatWentIsAnotherTasksLag() {
    // Given
    Delivery delivery = delivery("linger.ms", "0");
    delivery.put(List.of(record(0, "a", 0)));
    pass(Duration.ofSeconds(1));
    assertThat(metrics.values(TASK)).containsEntry("behind-ms", 1_000L);

    // When
    delivery.close(List.of(Samples.ORDERS));

    // Then
    assertThat(metrics.values(TASK)).containsEntry("behind-ms", 0L);
  }

  @Test
  void recordsAreCountedByTheShardThatTookThem() {
    // Given
    Delivery delivery = delivery("linger.ms", "0");

    // When
    delivery.put(List.of(record(0, "a", 0), record(1, "b", 0), record(2, "c", 0)));
    kinesis.last().take(List.of("one", "two", "one"));
    delivery.put(List.of());

    // Then
    assertThat(metrics.values(shard("one"))).isEqualTo(Map.of("shard-records-total", 2L));
    assertThat(metrics.values(shard("two"))).isEqualTo(Map.of("shard-records-total", 1L));
    assertThat(metrics.values(Map.of("stream", "s"))).containsEntry("records-sent-total", 3L);
  }

  @Test
  void aShardThatTakesNothingAnyMoreIsForgottenWhenAnotherComes() {
    // Given: a shard, and its children after a split
    Delivery delivery = delivery("linger.ms", "0");
    delivery.put(List.of(record(0, "a", 0)));
    kinesis.last().take(List.of("parent"));
    delivery.put(List.of(record(1, "a", 0)));
    kinesis.last().take(List.of("child"));
    delivery.put(List.of());
    assertThat(metrics.values(shard("parent"))).isNotEmpty();

    // When
    pass(Duration.ofMinutes(40));
    delivery.put(List.of(record(2, "a", 0)));
    kinesis.last().take(List.of("child"));
    delivery.put(List.of());
    pass(Duration.ofMinutes(40));
    delivery.put(List.of(record(3, "b", 0)));
    kinesis.last().take(List.of("other"));
    delivery.put(List.of());

    // Then
    assertThat(metrics.values(shard("parent"))).isEmpty();
    assertThat(metrics.values(shard("child"))).isEqualTo(Map.of("shard-records-total", 2L));
    assertThat(metrics.values(shard("other"))).isEqualTo(Map.of("shard-records-total", 1L));
  }

  private static Map<String, String> shard(String shard) {
    return Map.of("stream", "s", "shard", shard);
  }

  private static SinkRecord record(long offset, String value, long time) {
    return new SinkRecord(
        Samples.ORDERS.topic(),
        Samples.ORDERS.partition(),
        Schema.STRING_SCHEMA,
        "k",
        Schema.STRING_SCHEMA,
        value,
        offset,
        time,
        TimestampType.CREATE_TIME);
  }
}
