/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.bench;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Whether a consumer group has committed all of a topic. For one thread. */
public final class Progress implements AutoCloseable {
  private final Admin admin;
  private final String group;
  private final Map<TopicPartition, Long> ends;

  /**
   * @param ends of each partition the offset after the last record; the partition's own end can be
   *     behind it, since what ends a transaction has an offset, too
   */
  Progress(String kafka, String group, Map<TopicPartition, Long> ends) {
    this.admin = Admin.create(Map.of("bootstrap.servers", kafka));
    this.group = group;
    this.ends = ends;
  }

  /** Whether all records are committed. */
  public boolean isDone() {
    Map<TopicPartition, OffsetAndMetadata> committed =
        await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    return ends.entrySet().stream()
        .allMatch(end -> {
          OffsetAndMetadata place = committed.get(end.getKey());
          return place != null && place.offset() >= end.getValue();
        });
  }

  private static <T> T await(KafkaFuture<T> answer) {
    try {
      return answer.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new BenchException("the broker does not tell how far a group is", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
