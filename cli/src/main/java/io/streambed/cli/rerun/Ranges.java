/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.rerun;

import io.streambed.cli.cluster.MissingTopicException;
import io.streambed.schemas.ReplayRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/** Turns what people write into offsets, which stay what they are. */
final class Ranges {

  private final Consumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;
  private final Map<TopicPartition, Long> oldest;
  private final Map<TopicPartition, Long> ends;

  /** Asks for what a topic holds now. */
  Ranges(Consumer<byte[], byte[]> consumer, String topic) {
    this.consumer = consumer;
    this.partitions = partitions(consumer, topic);
    this.oldest = consumer.beginningOffsets(partitions);
    this.ends = consumer.endOffsets(partitions);
  }

  private static List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer, String topic) {
    try {
      return WholeTopic.partitions(consumer, topic);
    } catch (MissingTopicException e) {
      throw MissingTopicException.of(topic, "--topic");
    }
  }

  /** The ranges between two bounds; partitions in which there is nothing between them left out. */
  List<ReplayRange> between(Bounds from, Bounds to) {
    Map<TopicPartition, Long> begins = offsets(from);
    Map<TopicPartition, Long> limits = offsets(to);
    List<ReplayRange> ranges = new ArrayList<>();
    for (TopicPartition partition : partitions) {
      Optional<Long> begin = Optional.ofNullable(begins.get(partition));
      Optional<Long> end =
          Optional.ofNullable(limits.get(partition)).map(it -> within(partition, it));
      if (begin.isPresent() && end.isPresent() && begin.get() < end.get()) {
        ranges.add(new ReplayRange(partition.partition(), begin.get(), end.get()));
      }
    }
    ranges.sort(Comparator.comparingInt(ReplayRange::getPartition));
    return ranges;
  }

  private long within(TopicPartition partition, long offset) {
    return Math.min(offset, ends.getOrDefault(partition, 0L));
  }

  private Map<TopicPartition, Long> offsets(Bounds bounds) {
    return switch (bounds) {
      case Bounds.Beginning beginning -> oldest;
      case Bounds.End end -> ends;
      case Bounds.Time(Instant time) -> since(time);
      case Bounds.Offsets(Optional<Long> everywhere, Map<Integer, Long> byPartition) -> {
        Map<TopicPartition, Long> all = new HashMap<>();
        for (TopicPartition partition : partitions) {
          Optional.ofNullable(byPartition.get(partition.partition()))
              .or(() -> everywhere)
              .ifPresent(offset -> all.put(partition, offset));
        }
        yield all;
      }
    };
  }

  private Map<TopicPartition, Long> since(Instant time) {
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, time.toEpochMilli()));
    Map<TopicPartition, Long> all = new HashMap<>();
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp first = found.get(partition);
      all.put(partition, first == null ? ends.getOrDefault(partition, 0L) : first.offset());
    }
    return all;
  }
}
