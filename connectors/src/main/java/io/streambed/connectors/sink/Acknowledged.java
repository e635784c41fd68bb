/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Which offsets may be committed: those before the first record of a partition that was taken and
 * is not done. A record is done when Kinesis has acknowledged it, when it is in the error topic, or
 * when it is not to be sent. Of the task's thread.
 *
 * <p>Done is done: an acknowledgement that comes after its partition went and came back counts for
 * the record that is sent again.
 */
final class Acknowledged {

  /** Of each partition the offsets that are not done, with their records' times. */
  private final Map<TopicPartition, TreeMap<Long, Long>> open = new HashMap<>();

  private boolean advanced;

  /** Partitions that the task has from now on; one that it has already keeps its state. */
  void open(Collection<TopicPartition> partitions) {
    partitions.forEach(partition -> open.putIfAbsent(partition, new TreeMap<>()));
  }

  /** Partitions that the task has no more. */
  void close(Collection<TopicPartition> partitions) {
    partitions.forEach(open::remove);
  }

  boolean isOpen(TopicPartition partition) {
    return open.containsKey(partition);
  }

  /**
   * A record was taken.
   *
   * @param time the record's own, in milliseconds since 1970
   */
  void taken(Origin origin, long time) {
    open.computeIfAbsent(origin.partition(), first -> new TreeMap<>()).put(origin.offset(), time);
  }

  /** Of no effect for a partition that is not open. */
  void done(Origin origin) {
    TreeMap<Long, Long> waiting = open.get(origin.partition());
    if (waiting != null && waiting.remove(origin.offset()) != null) {
      advanced = true;
    }
  }

  /** Time of the oldest of the partitions' first records that are not done; nothing without any. */
  OptionalLong oldest() {
    return open.values().stream()
        .filter(waiting -> !waiting.isEmpty())
        .mapToLong(waiting -> waiting.firstEntry().getValue())
        .min();
  }

  /** Whether something was done since this was asked last. */
  boolean hasAdvanced() {
    return advanced;
  }

  /** From now on {@link #hasAdvanced} tells what comes. */
  void told() {
    advanced = false;
  }

  /**
   * What may be committed.
   *
   * @param consumed of each partition the offset after the last record that the task was given;
   *     records that a transformation left out are known from it alone
   */
  Map<TopicPartition, OffsetAndMetadata> committable(
      Map<TopicPartition, OffsetAndMetadata> consumed) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    consumed.forEach((partition, end) -> {
      TreeMap<Long, Long> waiting = open.get(partition);
      if (waiting != null) {
        boolean all = waiting.isEmpty() || waiting.firstKey() >= end.offset();
        offsets.put(partition, all ? end : new OffsetAndMetadata(waiting.firstKey()));
      }
    });
    return offsets;
  }
}
