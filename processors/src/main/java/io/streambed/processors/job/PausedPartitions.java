/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.job;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Partitions that shall not be read for now. Steps add and take away on their stream threads; the
 * consumers of the process look before each poll. A partition stays paused until each owner that
 * paused it has resumed it. Safe for use by many threads.
 */
public final class PausedPartitions {

  private final ConcurrentMap<TopicPartition, Set<String>> owners = new ConcurrentHashMap<>();

  /**
   * Stops reading a partition; doing it again for the same owner changes nothing.
   *
   * @param owner who asks, such as {@code admission}
   */
  public void pause(TopicPartition partition, String owner) {
    owners.compute(
        partition,
        (key, before) -> {
          Set<String> set = before == null ? ConcurrentHashMap.newKeySet() : before;
          set.add(owner);
          return set;
        });
  }

  /** Takes an owner's wish back; one that was never made is no error. */
  public void resume(TopicPartition partition, String owner) {
    owners.computeIfPresent(
        partition,
        (key, set) -> {
          set.remove(owner);
          return set.isEmpty() ? null : set;
        });
  }

  /** Whether any owner wants the partition paused. */
  public boolean isPaused(TopicPartition partition) {
    return owners.containsKey(partition);
  }

  /** Whether no partition is paused. */
  public boolean isEmpty() {
    return owners.isEmpty();
  }

  /** A copy of what is paused now. */
  public Set<TopicPartition> all() {
    return Set.copyOf(owners.keySet());
  }
}
