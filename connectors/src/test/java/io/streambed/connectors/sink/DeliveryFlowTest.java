/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import static io.streambed.connectors.sink.Samples.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** How a task gets along with its worker: time, memory, partitions that come and go. */
class DeliveryFlowTest extends DeliveryStage {

  @Test
  void recordsThatLingerGoAtALaterPutForWhichTheWorkerIsAskedInTime() {
    // Given
    Delivery delivery = delivery("linger.ms", "50");

    // When
    delivery.put(List.of(Samples.text(0, "k", "a")));

    // Then
    assertThat(kinesis.calls()).isEmpty();
    assertThat(worker.takeTimeout()).isEqualTo(50);
    pass(Duration.ofMillis(50));
    delivery.put(List.of());
    assertThat(kinesis.last().data()).containsExactly("a");
    assertThat(worker.takeTimeout()).as("to see the answer").isEqualTo(10);
  }

  @Test
  void aTaskWithNothingToDoLetsThePollTakeItsTime() {
    // Given
    Delivery delivery = delivery();

    // When
    delivery.put(List.of());

    // Then
    assertThat(worker.takeTimeout()).isEqualTo(-1);
  }

  @Test
  void aFullBufferPausesThePartitionsUntilHalfOfItIsAcknowledged() {
    // Given
    Delivery delivery = delivery("linger.ms", "0", "buffer.max.bytes", "65536");
    String large = "x".repeat(40_000);

    // When
    delivery.put(List.of(Samples.text(0, "k", large)));
    assertThat(worker.paused()).isEmpty();
    delivery.put(List.of(Samples.text(1, "k", large)));

    // Then
    assertThat(worker.paused()).containsExactly(ORDERS);
    assertThat(worker.takeTimeout()).isPositive();
    kinesis.calls().get(0).take();
    delivery.put(List.of());
    assertThat(worker.paused()).as("still more than half").containsExactly(ORDERS);
    kinesis.calls().get(1).take();
    delivery.put(List.of());
    assertThat(worker.paused()).isEmpty();
  }

  @Test
  void partitionsThatComeWhileTheBufferIsFullArePausedToo() {
    // Given
    Delivery delivery = delivery("linger.ms", "0", "buffer.max.bytes", "65536");
    delivery.put(List.of(Samples.text(0, "k", "x".repeat(70_000))));
    TopicPartition other = new TopicPartition("orders", 1);

    // When
    worker.assign(other);
    delivery.open(List.of(other));

    // Then
    assertThat(worker.paused()).containsExactlyInAnyOrder(ORDERS, other);
  }

  @Test
  void noMoreRequestsAreUnderWayThanAllowed() {
    // Given
    Delivery delivery = delivery("linger.ms", "0", "batch.max.records", "1", "requests.max", "2");

    // When
    delivery.put(
        List.of(Samples.text(0, "k", "a"), Samples.text(1, "k", "b"), Samples.text(2, "k", "c")));

    // Then
    assertThat(kinesis.calls()).hasSize(2);
    kinesis.calls().get(0).take();
    delivery.put(List.of());
    assertThat(kinesis.last().data()).containsExactly("c");
  }

  @Test
  void streamsTakeTurns() {
    // Given
    Delivery delivery =
        delivery(
            "linger.ms", "0", "batch.max.records", "1", "requests.max", "1", "stream", "${topic}");
    delivery.put(
        List.of(
            Samples.text(0, "k", "a"),
            Samples.text(1, "k", "b"),
            Samples.text(2, "k", "c").newRecord("other", 0, null, "k", null, "c", null)));

    // When
    kinesis.last().take();
    delivery.put(List.of());

    // Then
    assertThat(kinesis.calls().stream().map(call -> call.request().streamName()).toList())
        .containsExactly("orders", "other");
  }

  @Test
  void whatWaitsOfAPartitionThatWentIsNotSent() {
    // Given: one record is under way, one waits
    Delivery delivery = delivery("linger.ms", "0", "batch.max.records", "1", "requests.max", "1");
    delivery.put(List.of(Samples.text(0, "k", "a"), Samples.text(1, "k", "b")));
    assertThat(kinesis.calls()).hasSize(1);

    // When
    delivery.close(List.of(ORDERS));
    kinesis.last().refuse(Set.of(0));
    pass(Duration.ofMinutes(1));
    delivery.put(List.of());
    pass(Duration.ofMinutes(1));
    delivery.put(List.of());

    // Then
    assertThat(kinesis.calls()).hasSize(1);
    assertThat(delivery.committable(consumed(2))).isEmpty();
  }

  @Test
  void aPartitionThatCameBackIsCommittedOnceItsRecordsAreAcknowledged() {
    // Given
    Delivery delivery = delivery("linger.ms", "0");
    delivery.put(List.of(Samples.text(0, "k", "a"), Samples.text(1, "k", "b")));
    delivery.close(List.of(ORDERS));
    delivery.open(List.of(ORDERS));

    // When
    delivery.put(List.of(Samples.text(0, "k", "a"), Samples.text(1, "k", "b")));
    kinesis.calls().get(1).refuse(Set.of(1));
    delivery.put(List.of());

    // Then
    assertThat(kinesis.calls()).hasSize(2);
    assertThat(delivery.committable(consumed(2))).isEqualTo(consumed(1));
    pass(PAUSE);
    delivery.put(List.of());
    kinesis.last().take();
    assertThat(delivery.committable(consumed(2))).isEqualTo(consumed(2));
  }

  @Test
  void aCommitIsAskedForNowAndThenWhileRecordsAreAcknowledged() {
    // Given
    Delivery delivery = delivery("linger.ms", "0");
    delivery.put(List.of(Samples.text(0, "k", "a")));
    kinesis.last().take();

    // When
    delivery.put(List.of());
    assertThat(worker.commits()).isZero();
    assertThat(worker.takeTimeout()).isEqualTo(5_000);
    pass(Duration.ofSeconds(5));
    delivery.put(List.of());

    // Then
    assertThat(worker.commits()).isEqualTo(1);
    assertThat(worker.takeTimeout()).isEqualTo(-1);
    pass(Duration.ofMinutes(1));
    delivery.put(List.of());
    assertThat(worker.commits()).as("nothing new").isEqualTo(1);
  }
}
