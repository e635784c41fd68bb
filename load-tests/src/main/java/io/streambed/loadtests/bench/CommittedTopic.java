/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A topic from its beginning, as a reader of committed records sees it. For one thread. */
final class CommittedTopic implements AutoCloseable {
  private static final Duration PIECE = Duration.ofMillis(200);

  private final KafkaConsumer<byte[], byte[]> consumer;

  private CommittedTopic(KafkaConsumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /** A consumer that belongs to no group. */
  static KafkaConsumer<byte[], byte[]> consumer(String kafka) {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            5_000),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  /** Opens it; nothing is read yet. */
  static CommittedTopic open(String kafka, String topic) {
    KafkaConsumer<byte[], byte[]> consumer = consumer(kafka);
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(one -> new TopicPartition(topic, one.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return new CommittedTopic(consumer);
  }

  /** Reads all of a topic. */
  static void read(String kafka, String topic, Consumer<ConsumerRecord<byte[], byte[]>> taker) {
    try (CommittedTopic opened = open(kafka, topic)) {
      opened.toEnd(taker);
    }
  }

  /** Hands on what is committed now and was not handed on yet. */
  void toEnd(Consumer<ConsumerRecord<byte[], byte[]>> taker) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      consumer.poll(PIECE).forEach(taker);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
