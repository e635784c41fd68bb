/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.rerun;

import io.streambed.cli.cluster.KafkaAccess;
import io.streambed.cli.cluster.MissingTopicException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Committed records of some topics with all that Kafka says of them, from given offsets or the
 * beginning. Not for use by several threads.
 */
final class WholeTopic implements AutoCloseable {

  private static final Duration PIECE = Duration.ofMillis(200);

  private final Consumer<byte[], byte[]> consumer;

  private WholeTopic(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /**
   * Opens a reader.
   *
   * @param from offsets to begin at; partitions that are not in it are read from their beginning
   * @throws MissingTopicException if a topic does not exist
   */
  static WholeTopic open(
      KafkaAccess kafka, Collection<String> topics, Map<TopicPartition, Long> from) {
    Consumer<byte[], byte[]> consumer = kafka.consumer();
    try {
      List<TopicPartition> all = new ArrayList<>();
      for (String topic : topics) {
        all.addAll(partitions(consumer, topic));
      }
      consumer.assign(all);
      consumer.seekToBeginning(all);
      from.forEach((partition, offset) -> {
        if (all.contains(partition)) {
          consumer.seek(partition, offset);
        }
      });
      return new WholeTopic(consumer);
    } catch (RuntimeException e) {
      consumer.close();
      throw kafka.reason(e);
    }
  }

  /** The partitions of a topic. */
  static List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer, String topic) {
    List<PartitionInfo> found;
    try {
      found = consumer.partitionsFor(topic);
    } catch (UnknownTopicOrPartitionException e) {
      throw MissingTopicException.of(topic);
    }
    if (found.isEmpty()) {
      throw MissingTopicException.of(topic);
    }
    return found.stream().map(it -> new TopicPartition(topic, it.partition())).toList();
  }

  /** What came since the last call. */
  ConsumerRecords<byte[], byte[]> poll(Duration limit) {
    return consumer.poll(limit);
  }

  /** Hands on everything that is committed now and was not read yet. */
  void toEnd(java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> taker) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      consumer.poll(PIECE).forEach(taker);
    }
  }

  /** The text of a header. */
  static Optional<String> header(ConsumerRecord<byte[], byte[]> record, String name) {
    return Optional.ofNullable(record.headers().lastHeader(name))
        .map(header -> new String(header.value(), StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    consumer.close();
  }
}
