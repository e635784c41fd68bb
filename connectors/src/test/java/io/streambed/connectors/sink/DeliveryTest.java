/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

/** What becomes of records: acknowledged, refused, sent again, set aside. */
class DeliveryTest extends DeliveryStage {

  @Test
  void noOffsetIsCommittedBeforeItsRecordIsAcknowledged() {
    // Given
    Delivery delivery = delivery("linger.ms", "0");

    // When
    delivery.put(List.of(Samples.text(0, "k", "a"), Samples.text(1, "k", "b")));

    // Then
    assertThat(delivery.committable(consumed(2))).isEqualTo(consumed(0));
    kinesis.last().take();
    assertThat(delivery.committable(consumed(2))).isEqualTo(consumed(2));
  }

  @Test
  void whatWasRefusedIsSentAgainAloneAfterAPause() {
    // Given
    Delivery delivery = delivery("linger.ms", "0");
    delivery.put(
        List.of(Samples.text(0, "k", "a"), Samples.text(1, "k", "b"), Samples.text(2, "k", "c")));

    // When
    kinesis.last().refuse(Set.of(1));
    delivery.put(List.of());
    assertThat(kinesis.calls()).hasSize(1);
    pass(PAUSE);
    delivery.put(List.of());

    // Then
    assertThat(kinesis.calls()).hasSize(2);
    assertThat(kinesis.last().data()).containsExactly("b");
    assertThat(delivery.committable(consumed(3))).isEqualTo(consumed(1));
    kinesis.last().take();
    assertThat(delivery.committable(consumed(3))).isEqualTo(consumed(3));
  }

  @Test
  void aRequestThatFailedAsAWholeIsSentAgainAsAWhole() {
    // Given
    Delivery delivery = delivery("linger.ms", "0");
    delivery.put(List.of(Samples.text(0, "k", "a"), Samples.text(1, "k", "b")));

    // When
    kinesis.last().fail(KinesisException.builder().statusCode(503).build());
    delivery.put(List.of());
    pass(PAUSE);
    delivery.put(List.of());

    // Then
    assertThat(kinesis.last().data()).containsExactly("a", "b");
    assertThat(kinesis.calls()).hasSize(2);
  }

  @Test
  void aMissingStreamStopsTheTaskAndNoMessageOfAwsIsPassedOn() {
    // Given
    Delivery delivery = delivery("linger.ms", "0");
    delivery.put(List.of(Samples.text(0, "k", "a")));

    // When
    kinesis
        .last()
        .fail(
            ResourceNotFoundException.builder()
                .message("canary")
                .statusCode(400)
                .awsErrorDetails(
                    AwsErrorDetails.builder().errorCode("ResourceNotFoundException").build())
                .build());

    // Then
    assertThatThrownBy(() -> delivery.put(List.of()))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("writing to stream s")
        .hasMessageContaining("ResourceNotFoundException")
        .hasMessageNotContaining("canary")
        .hasNoCause();
    assertThat(delivery.committable(consumed(1))).isEqualTo(consumed(0));
  }

  @Test
  void aRecordThatIsRefusedForTooLongStopsTheTask() {
    // Given
    Delivery delivery = delivery("linger.ms", "0", "delivery.timeout.ms", "1000");
    delivery.put(List.of(Samples.text(0, "k", "a")));
    kinesis.last().refuse(Set.of(0));
    delivery.put(List.of());
    pass(Duration.ofMillis(1_001));
    delivery.put(List.of());

    // When
    kinesis.last().refuse(Set.of(0));

    // Then
    assertThatThrownBy(() -> delivery.put(List.of()))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("delivery.timeout.ms");
  }

  @Test
  void withOrderARecordIsSentAfterTheOneBeforeItOfItsKey() {
    // Given
    Delivery delivery = delivery("linger.ms", "0", "order", "partition.key");
    delivery.put(
        List.of(Samples.text(0, "k", "a"), Samples.text(1, "k", "b"), Samples.text(2, "l", "c")));
    assertThat(kinesis.last().data()).containsExactly("a", "c");

    // When
    kinesis.last().refuse(Set.of(0));
    delivery.put(List.of());
    pass(PAUSE);
    delivery.put(List.of());
    assertThat(kinesis.last().data()).containsExactly("a");
    kinesis.last().take();
    delivery.put(List.of());

    // Then
    assertThat(kinesis.last().data()).containsExactly("b");
  }

  @Test
  void aRecordThatIsTooLargeIsDoneWhenItIsInTheErrorTopic() {
    // Given
    CompletableFuture<Void> written = new CompletableFuture<>();
    worker.withErrorTopic(written);
    Delivery delivery = delivery("linger.ms", "0", "record.max.bytes", "1024");

    // When
    delivery.put(List.of(Samples.text(0, "k", "canary".repeat(1_000)), Samples.text(1, "k", "b")));
    kinesis.last().take();

    // Then
    assertThat(kinesis.last().data()).containsExactly("b");
    assertThat(worker.reported())
        .singleElement()
        .satisfies(error ->
            assertThat(error)
                .hasMessageContaining("orders-0@0")
                .hasMessageContaining("6001")
                .hasMessageContaining("record.max.bytes")
                .hasMessageNotContaining("canary"));
    assertThat(delivery.committable(consumed(2))).isEqualTo(consumed(0));
    written.complete(null);
    assertThat(delivery.committable(consumed(2))).isEqualTo(consumed(2));
  }

  @Test
  void anErrorTopicThatCannotBeWrittenStopsTheTask() {
    // Given
    worker.withErrorTopic(CompletableFuture.failedFuture(new IllegalStateException("canary")));
    Delivery delivery = delivery("record.max.bytes", "1024");
    delivery.put(List.of(Samples.text(0, "k", "x".repeat(2_000))));

    // Then
    assertThatThrownBy(() -> delivery.put(List.of()))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("orders-0@0");
    assertThat(delivery.committable(consumed(1))).isEqualTo(consumed(0));
  }

  @Test
  void withoutAnErrorTopicARecordThatIsTooLargeStopsTheTaskAndSaysWhatHelps() {
    // Given
    Delivery delivery = delivery("record.max.bytes", "1024");

    // Then
    assertThatThrownBy(() -> delivery.put(List.of(Samples.text(7, "k", "canary".repeat(1_000)))))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("orders-0@7")
        .hasMessageContaining("6001")
        .hasMessageContaining("1024")
        .hasMessageContaining("errors.tolerance")
        .hasMessageContaining("errors.deadletterqueue.topic.name")
        .hasMessageNotContaining("canary");
  }

  @Test
  void aTombstoneIsDoneWithoutBeingSent() {
    // Given
    Delivery delivery = delivery("linger.ms", "0");

    // When
    delivery.put(List.of(Samples.text(0, "k", null)));

    // Then
    assertThat(kinesis.calls()).isEmpty();
    assertThat(delivery.committable(consumed(1))).isEqualTo(consumed(1));
  }

  @Test
  void keysAndHashKeysAreSent() {
    // Given
    Delivery delivery = delivery("linger.ms", "0", "explicit.hash.key", "key");

    // When
    delivery.put(List.of(Samples.text(0, "12", "a")));

    // Then
    assertThat(kinesis.last().keys()).containsExactly("12");
    assertThat(kinesis.last().request().records().get(0).explicitHashKey()).isEqualTo("12");
    assertThat(kinesis.last().request().streamName()).isEqualTo("s");
  }
}
