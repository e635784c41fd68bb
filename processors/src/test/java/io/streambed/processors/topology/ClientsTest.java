/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streambed.processors.job.PausedPartitions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientsTest {

  private static final TopicPartition P = new TopicPartition("jobs", 0);
  private static final TopicPartition Q = new TopicPartition("jobs", 1);

  private static final TopicPartition R = new TopicPartition("requests", 0);

  private final AtomicBoolean bounding = new AtomicBoolean(true);
  private final AtomicInteger urgentUsed = new AtomicInteger();
  private final ReadAhead readAhead =
      new ReadAhead(
          Set.of("requests"),
          Map.of("jobs", bounding::get, "urgent", () -> true),
          "urgent",
          urgentUsed::incrementAndGet);

  private final MockConsumer<byte[], byte[]> kafka = new MockConsumer<>("earliest");
  private final PausedPartitions paused = new PausedPartitions();
  private final AtomicBoolean quiet = new AtomicBoolean();
  private final AtomicBoolean draining = new AtomicBoolean();
  private Instant wall = Instant.parse("2026-01-01T12:00:00Z");
  private final StepBack stepBack = new StepBack(() -> wall, Duration.ofSeconds(5));
  private final Consumer<byte[], byte[]> consumer =
      PausingConsumer.around(kafka, paused, readAhead, draining::get, quiet::get, stepBack);

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
  void aConsumerThatWouldBeTakenForDeadAfterAStepBackIsGivenUpAndOneThatLivesIsNot() {
    // Given
    wall = wall.plusSeconds(60);
    poll();

    // When, then
    wall = wall.minusSeconds(5);
    poll();
    wall = wall.minusMillis(1);
    assertThatThrownBy(this::poll).isInstanceOf(StepBack.ClockSetBackException.class);
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
            readAhead,
            draining::get,
            quiet::get,
            stepBack);
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
  void requestsAreNotAdmittedWhileJobsWait() {
    // Given
    jobsWait(1_001);

    // When, then: too many wait
    poll();
    assertThat(kafka.paused()).containsExactly(R);
    kafka.seek(P, 1);
    poll();
    assertThat(kafka.paused()).isEmpty();

    // When: the task has enough, and so its lag is not learned
    paused.pause(P, "step");
    for (long n = 0; n <= 1_000; n++) {
      kafka.addRecord(new ConsumerRecord<>("requests", 0, n, null, null));
    }
    poll();
    assertThat(kafka.paused()).containsExactly(P);
    poll();

    // Then
    assertThat(kafka.paused()).containsExactlyInAnyOrder(P, R);
    paused.resume(P, "step");
    poll();
    assertThat(kafka.paused()).isEmpty();
  }

  @Test
  void aBacklogThatUrgentRequestsMayBeBehindDoesNotHoldUpAdmission() {
    // Given
    jobsWait(1_001);
    bounding.set(false);

    // When
    poll();

    // Then
    assertThat(kafka.paused()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1"})
  void urgentWorkThatCameBeforeTheProcessBeganIsToldOnce(long position, int told) {
    // Given
    TopicPartition urgent = new TopicPartition("urgent", 0);
    kafka.assign(List.of(urgent));
    kafka.updateBeginningOffsets(Map.of(urgent, 0L));
    kafka.updateEndOffsets(Map.of(urgent, position));
    kafka.seek(urgent, position);

    // When
    poll();
    poll();

    // Then
    assertThat(urgentUsed).hasValue(told);
  }

  @Test
  void requestsAndJobsTakeTurns() {
    // Given
    jobsWait(1);
    kafka.addRecord(new ConsumerRecord<>("requests", 0, 0, null, null));

    // When, then: a request was read, and now it is the jobs' turn
    poll();
    assertThat(kafka.paused()).isEmpty();
    poll();
    assertThat(kafka.paused()).containsExactly(R);
    poll();
    assertThat(kafka.paused()).isEmpty();
  }

  @Test
  void requestsAreReadWhileKafkaStreamsTakesNoMoreJobs() {
    // Given
    jobsWait(1);
    consumer.pause(List.of(P));
    kafka.addRecord(new ConsumerRecord<>("requests", 0, 0, null, null));

    // When
    poll();
    poll();

    // Then
    assertThat(kafka.paused()).containsExactly(P);
  }

  @Test
  void theProcessIdIsAFunctionOfTheInstance() {
    assertThat(InstanceIdentity.processId("a")).isEqualTo(InstanceIdentity.processId("a"));
    assertThat(InstanceIdentity.processId("a")).isNotEqualTo(InstanceIdentity.processId("b"));
  }

  /** So many jobs wait in one partition, and requests come from another. */
  private void jobsWait(long jobs) {
    kafka.assign(List.of(P, R));
    kafka.updateBeginningOffsets(Map.of(P, 0L, R, 0L));
    kafka.updateEndOffsets(Map.of(P, jobs));
    kafka.seek(P, 0);
    kafka.seek(R, 0);
  }

  private void poll() {
    consumer.poll(Duration.ZERO);
  }
}
