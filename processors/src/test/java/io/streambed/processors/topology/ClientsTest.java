/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.processors.job.PausedPartitions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClientsTest {

  private static final TopicPartition P = new TopicPartition("jobs", 0);
  private static final TopicPartition Q = new TopicPartition("jobs", 1);

  private final MockConsumer<byte[], byte[]> kafka = new MockConsumer<>("earliest");
  private final PausedPartitions paused = new PausedPartitions();
  private final AtomicBoolean quiet = new AtomicBoolean();
  private final AtomicBoolean draining = new AtomicBoolean();
  private final Consumer<byte[], byte[]> consumer =
      PausingConsumer.around(kafka, paused, draining::get, quiet::get);

  @BeforeEach
  void assign() {
    kafka.assign(List.of(P, Q));
    kafka.updateBeginningOffsets(Map.of(P, 0L, Q, 0L));
  }

  @Test
  void aPartitionIsReadOnlyWhenNeitherWishIsAgainstIt() {
    // Given
    paused.pause(P, "step");
    poll();
    assertThat(kafka.paused()).containsExactly(P);

    // When, then
    consumer.pause(List.of(P));
    paused.resume(P, "step");
    poll();
    assertThat(kafka.paused()).containsExactly(P);
    consumer.resume(List.of(P));
    assertThat(kafka.paused()).isEmpty();
  }

  @Test
  void kafkaStreamsCannotResumeWhatAStepHasPaused() {
    // Given
    paused.pause(P, "step");
    poll();

    // When
    consumer.pause(List.of(P));
    consumer.resume(List.of(P));

    // Then
    assertThat(kafka.paused()).containsExactly(P);
    paused.resume(P, "step");
    poll();
    assertThat(kafka.paused()).isEmpty();
  }

  @Test
  void aPartitionThatWentAndCameBackIsPausedAgain() {
    // Given
    paused.pause(P, "step");
    poll();

    // When
    kafka.assign(List.of(Q));
    kafka.assign(List.of(P, Q));
    poll();

    // Then
    assertThat(kafka.paused()).containsExactly(P);
  }

  @Test
  void nothingIsReadWhileDraining() {
    draining.set(true);
    poll();
    assertThat(kafka.paused()).containsExactlyInAnyOrder(P, Q);
  }

  @Test
  void whileLittleGoesOnThePollIsLongerAndOneThatShallNotWaitDoesNot() {
    // When, then
    consumer.poll(Duration.ofMillis(5));
    assertThat(kafka.lastPollTimeout()).isEqualTo(Duration.ofMillis(5));
    quiet.set(true);
    consumer.poll(Duration.ofMillis(5));
    assertThat(kafka.lastPollTimeout()).isEqualTo(Duration.ofMillis(20));
    poll();
    assertThat(kafka.lastPollTimeout()).isEqualTo(Duration.ZERO);
    consumer.poll(Duration.ofMillis(100));
    assertThat(kafka.lastPollTimeout()).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void aThreadThatFailedLeavesTheGroupAndOneThatStopsInOrderStaysAMember() {
    // Given
    List<CloseOptions.GroupMembershipOperation> closed = new ArrayList<>();
    Consumer<byte[], byte[]> told =
        PausingConsumer.around(
            new MockConsumer<>("earliest") {
              @Override
              public void close(CloseOptions options) {
                closed.add(options.groupMembershipOperation());
              }
            },
            paused,
            draining::get,
            quiet::get);
    CloseOptions stay =
        CloseOptions.groupMembershipOperation(
            CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP);

    // When
    told.close(stay);
    draining.set(true);
    told.close(stay);

    // Then
    assertThat(closed)
        .containsExactly(
            CloseOptions.GroupMembershipOperation.LEAVE_GROUP,
            CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP);
  }

  @Test
  void aCommitIsToldOnceItHasReturnedAndOnlyIfItWorked() {
    // Given
    MockProducer<byte[], byte[]> kafkaProducer =
        new MockProducer<>(
            Cluster.empty(), true, null, new ByteArraySerializer(), new ByteArraySerializer());
    AtomicInteger told = new AtomicInteger();
    Producer<byte[], byte[]> producer =
        CommitNoticingProducer.around(
            kafkaProducer,
            () -> {
              assertThat(kafkaProducer.transactionCommitted()).isTrue();
              told.incrementAndGet();
            });
    producer.initTransactions();

    // When, then
    producer.beginTransaction();
    assertThat(told).hasValue(0);
    producer.commitTransaction();
    assertThat(told).hasValue(1);
    producer.beginTransaction();
    producer.abortTransaction();
    assertThat(told).hasValue(1);
    producer.beginTransaction();
    kafkaProducer.commitTransactionException = new KafkaException("scripted");
    Assertions.assertThatThrownBy(producer::commitTransaction).isInstanceOf(KafkaException.class);
    assertThat(told).hasValue(1);
  }

  @Test
  void theProcessIdIsAFunctionOfTheInstance() {
    assertThat(InstanceIdentity.processId("a")).isEqualTo(InstanceIdentity.processId("a"));
    assertThat(InstanceIdentity.processId("a")).isNotEqualTo(InstanceIdentity.processId("b"));
  }

  private void poll() {
    consumer.poll(Duration.ZERO);
  }
}
