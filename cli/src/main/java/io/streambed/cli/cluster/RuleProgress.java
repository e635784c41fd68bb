/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.cluster;

import io.streambed.processors.redrive.Rule;
import io.streambed.processors.redrive.WayBack;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * How far the platform's own rule has come with dead letters. What it has before it is its own: who
 * redrove that as well would do so twice. Behind it the topic of redrives says what it has done.
 */
public final class RuleProgress {
  private final boolean active;
  private final Map<Integer, Long> next;
  private final WayBack back;

  private RuleProgress(boolean active, Map<Integer, Long> next, WayBack back) {
    this.active = active;
    this.back = back;
    this.next = Map.copyOf(next);
  }

  /**
   * Looks where the rule is. To be asked before the topic of redrives is read.
   *
   * @param enabled whether the settings say that there is a rule, if none is at work now
   */
  public static RuleProgress of(
      Cluster cluster, KafkaAccess kafka, String applicationId, boolean enabled) {
    String group = Rule.group(applicationId);
    try (Admin admin = kafka.admin()) {
      Map<Integer, Long> next = new HashMap<>();
      kafka
          .await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
          .forEach((partition, committed) -> {
            if (committed != null && partition.topic().equals(cluster.topics().deadLetters())) {
              next.put(partition.partition(), committed.offset());
            }
          });
      return new RuleProgress(
          enabled || hasMembers(kafka, admin, group), next, new WayBack(cluster.topics()));
    }
  }

  private static boolean hasMembers(KafkaAccess kafka, Admin admin, String group) {
    try {
      return !Objects.requireNonNull(
              kafka.await(admin.describeConsumerGroups(List.of(group)).all()).get(group))
          .members()
          .isEmpty();
    } catch (GroupIdNotFoundException e) {
      return false;
    }
  }

  /** Whether the rule will come to a dead letter, and redrive it. */
  public boolean owns(PlacedLetter placed) {
    Long first = next.get(placed.partition());
    return active
        && first != null
        && placed.offset() >= first
        && Rule.concerns(placed.letter(), back);
  }
}
