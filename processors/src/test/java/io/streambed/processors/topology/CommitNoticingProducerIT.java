/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streambed.local.kafka.KafkaOptions;
import io.streambed.local.kafka.LocalKafka;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls go out when a commit is told, so it must have happened by then. */
class CommitNoticingProducerIT {
  private static final String TOPIC = "written";
  private static final String ID = "writer";

  private final List<TransactionState> told = new ArrayList<>();
  private LocalKafka kafka;
  private Admin admin;

  @BeforeEach
  void start() throws Exception {
    kafka = LocalKafka.start(KafkaOptions.ephemeral());
    admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
  }

  @AfterEach
  void stop() {
    admin.close();
    kafka.close();
  }

  @Test
  void aCommitIsToldOnceItHasHappened() {
    try (CommitNoticingProducer producer = producer(took -> told.add(state()))) {
      // When
      write(producer);
      assertThat(told).isEmpty();
      producer.flush();
      producer.commitTransaction();

      // Then
      assertThat(told)
          .singleElement()
          .isIn(TransactionState.PREPARE_COMMIT, TransactionState.COMPLETE_COMMIT);
    }
  }

  @Test
  void whatItTookIsTold() {
    List<Duration> took = new ArrayList<>();
    try (CommitNoticingProducer producer = producer(took::add)) {
      write(producer);
      producer.flush();
      producer.commitTransaction();
      assertThat(took).singleElement().isNotEqualTo(Duration.ZERO);
    }
  }

  @Test
  void neitherAnAbortNorACommitThatFailedIsTold() {
    try (CommitNoticingProducer producer = producer(took -> told.add(state()))) {
      // When: it aborts, and then another fences it
      write(producer);
      producer.abortTransaction();
      write(producer);
      producer.flush();
      try (CommitNoticingProducer other = producer(took -> {})) {
        // Then
        assertThatThrownBy(producer::commitTransaction).isInstanceOf(KafkaException.class);
        assertThat(told).isEmpty();
        write(other);
      }
    }
  }

  private CommitNoticingProducer producer(Consumer<Duration> committed) {
    CommitNoticingProducer producer =
        new CommitNoticingProducer(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka.bootstrapServers(),
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                ID),
            InstantSource.system(),
            committed);
    producer.initTransactions();
    return producer;
  }

  private static void write(CommitNoticingProducer producer) {
    producer.beginTransaction();
    producer.send(new ProducerRecord<>(TOPIC, new byte[] {1}));
  }

  private TransactionState state() {
    try {
      return admin.describeTransactions(List.of(ID)).description(ID).get().state();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }
}
