/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.cluster;

import io.streambed.schemas.registry.SchemaRegistryClient;
import io.streambed.schemas.serdes.UnreadableRecordException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Reads all partitions of some topics with {@code read_committed} and without a group: it leaves no
 * trace in the cluster. Not for use by several threads, but for {@link #wakeup}.
 *
 * @param <T> what the records are made into
 */
final class TopicReader<T> implements AutoCloseable {
  private static final Duration PIECE = Duration.ofMillis(200);

  private final Consumer<byte[], byte[]> consumer;
  private final SchemaRegistryClient registry;
  private final Decoding.Readers readers;
  private final Map<String, Function<Decoding, T>> topics;
  private int unreadable;

  private TopicReader(
      Consumer<byte[], byte[]> consumer,
      SchemaRegistryClient registry,
      Map<String, Function<Decoding, T>> topics) {
    this.consumer = consumer;
    this.registry = registry;
    this.readers = new Decoding.Readers(registry);
    this.topics = topics;
  }

  /** Opens a reader; where it begins is fixed when this returns. */
  static <T> TopicReader<T> open(
      Cluster cluster, KafkaAccess kafka, Map<String, Function<Decoding, T>> topics, Start start) {
    Consumer<byte[], byte[]> consumer = kafka.consumer();
    try {
      List<TopicPartition> partitions = new ArrayList<>();
      for (String topic : topics.keySet()) {
        partitions.addAll(partitions(consumer, topic));
      }
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
      for (TopicPartition partition : partitions) {
        long first = beginnings.getOrDefault(partition, 0L);
        long end = ends.getOrDefault(partition, first);
        consumer.seek(
            partition,
            switch (start) {
              case Start.Beginning beginning -> first;
              case Start.End none -> end;
              case Start.Tail tail -> Math.max(first, end - tail.records());
              case Start.Since(Instant time) -> since(consumer, partition, time, end);
            });
      }
      return new TopicReader<>(consumer, new SchemaRegistryClient(cluster.registry()), topics);
    } catch (RuntimeException e) {
      consumer.close();
      throw kafka.reason(e);
    }
  }

  private static long since(
      Consumer<byte[], byte[]> consumer, TopicPartition partition, Instant time, long end) {
    OffsetAndTimestamp found =
        consumer.offsetsForTimes(Map.of(partition, time.toEpochMilli())).get(partition);
    return found == null ? end : found.offset();
  }

  private static Collection<TopicPartition> partitions(
      Consumer<byte[], byte[]> consumer, String topic) {
    try {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      if (partitions.isEmpty()) {
        throw MissingTopicException.of(topic);
      }
      return partitions;
    } catch (UnknownTopicOrPartitionException e) {
      throw MissingTopicException.of(topic);
    }
  }

  List<T> poll(Duration limit) {
    return poll(limit, message -> true);
  }

  private List<T> poll(Duration limit, Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
    List<T> found = new ArrayList<>();
    try {
      for (ConsumerRecord<byte[], byte[]> message : consumer.poll(limit)) {
        Function<Decoding, T> make = topics.get(message.topic());
        if (make != null && message.value() != null && wanted.test(message)) {
          read(message, message.value(), make).ifPresent(found::add);
        }
      }
    } catch (WakeupException e) {
      // Somebody wants to end; what was found before stands.
    }
    return found;
  }

  /** Somebody else may have written what is none of ours; it must not hide the rest. */
  private Optional<T> read(
      ConsumerRecord<byte[], byte[]> message, byte[] value, Function<Decoding, T> make) {
    try {
      return Optional.of(make.apply(new Decoding(readers, message, value)));
    } catch (UnreadableRecordException e) {
      unreadable++;
      return Optional.empty();
    }
  }

  /** How many records so far were none of the kind that their topic holds, and were passed over. */
  int unreadable() {
    return unreadable;
  }

  /** Everything that is committed now and was not read yet. */
  List<T> toEnd() {
    List<T> found = new ArrayList<>();
    toEnd(found::add);
    return found;
  }

  /**
   * The same, handed on piece by piece: a topic may hold more than fits in memory. What comes
   * meanwhile is left for the next time, or a taker whose work brings more would never be done.
   */
  void toEnd(java.util.function.Consumer<T> taker) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    Map<TopicPartition, Long> open = new HashMap<>(ends);
    try {
      while (isOpen(open)) {
        poll(PIECE, message -> message.offset() < ends.getOrDefault(partition(message), 0L))
            .forEach(taker);
      }
    } finally {
      consumer.resume(consumer.paused());
    }
  }

  /** Leaves partitions alone that are read to their ends; says whether there are others. */
  private boolean isOpen(Map<TopicPartition, Long> ends) {
    for (Map.Entry<TopicPartition, Long> end : List.copyOf(ends.entrySet())) {
      TopicPartition partition = end.getKey();
      if (consumer.position(partition) >= end.getValue()) {
        consumer.pause(List.of(partition));
        consumer.seek(partition, end.getValue());
        ends.remove(partition);
      }
    }
    return !ends.isEmpty();
  }

  private static TopicPartition partition(ConsumerRecord<?, ?> message) {
    return new TopicPartition(message.topic(), message.partition());
  }

  /**
   * Everything that was sent before now, once it is known whether it was committed: also what is in
   * transactions that are still open, unlike {@link #toEnd}.
   *
   * @param limit longest wait for these
   * @return false where one was still open then
   */
  boolean toLastSent(
      Map<TopicPartition, Long> sent, Duration limit, java.util.function.Consumer<T> taker) {
    long begun = System.nanoTime();
    while (sent.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      if (System.nanoTime() - begun > limit.toNanos()) {
        return false;
      }
      List<T> piece = poll(PIECE);
      piece.forEach(taker);
      begun = piece.isEmpty() ? begun : System.nanoTime();
    }
    return true;
  }

  /** The partitions that are read. */
  Set<TopicPartition> partitions() {
    return consumer.assignment();
  }

  void wakeup() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    consumer.close();
    registry.close();
  }
}
