/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.bench;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** How Streambed's instances share the work, as the broker sees it. For one thread. */
public final class Group implements AutoCloseable {
  private static final String ID = "streambed";

  private final Admin admin;

  Group(String kafka) {
    this.admin = Admin.create(Map.of("bootstrap.servers", kafka));
  }

  /** Partitions of each member, in an order of their own; none while they are being dealt out. */
  public List<Integer> shares() {
    try {
      ConsumerGroupDescription group =
          admin.describeConsumerGroups(List.of(ID)).all().get(30, TimeUnit.SECONDS).get(ID);
      return group == null || group.groupState() != GroupState.STABLE
          ? List.of()
          : group.members().stream()
              .map(member -> member.assignment().topicPartitions().size())
              .sorted()
              .toList();
    } catch (ExecutionException | TimeoutException e) {
      throw new BenchException("the broker does not tell of the group", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
  }

  /** Records of a topic that the group has not read and committed. */
  public long behind(String topic) {
    try {
      Map<TopicPartition, OffsetAndMetadata> read =
          admin
              .listConsumerGroupOffsets(ID)
              .partitionsToOffsetAndMetadata()
              .get(30, TimeUnit.SECONDS);
      Map<TopicPartition, OffsetSpec> asked =
          admin
              .describeTopics(List.of(topic))
              .allTopicNames()
              .get(30, TimeUnit.SECONDS)
              .values()
              .stream()
              .flatMap(described -> described.partitions().stream())
              .collect(
                  Collectors.toMap(
                      partition -> new TopicPartition(topic, partition.partition()),
                      partition -> OffsetSpec.latest()));
      return admin.listOffsets(asked).all().get(30, TimeUnit.SECONDS).entrySet().stream()
          .mapToLong(end -> end.getValue().offset() - offset(read.get(end.getKey())))
          .sum();
    } catch (ExecutionException | TimeoutException e) {
      throw new BenchException("the broker does not tell what the group has read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
  }

  private static long offset(@Nullable OffsetAndMetadata read) {
    return read == null ? 0 : read.offset();
  }

  @Override
  public void close() {
    admin.close();
  }
}
