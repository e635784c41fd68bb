/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.bench;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/** What a run of replay has written, as a reader of committed records sees it. For one thread. */
public final class RunLog implements AutoCloseable {
  private static final String SOURCE = "streambed-replay-source";

  private final String kafka;
  private final KafkaConsumer<byte[], byte[]> consumer;

  RunLog(String kafka) {
    this.kafka = kafka;
    this.consumer = CommittedTopic.consumer(kafka);
  }

  /** Offsets of a topic that are used, those of transactions' marks too; 0 where there is none. */
  public long used(String topic) {
    List<TopicPartition> partitions = partitions(topic);
    return partitions.isEmpty()
        ? 0
        : consumer.endOffsets(partitions).values().stream().mapToLong(end -> end).sum();
  }

  /** How often each recorded request is named in a topic, by its place. */
  public Map<String, Integer> sources(String topic) {
    Map<String, Integer> sources = new HashMap<>();
    CommittedTopic.read(
        kafka,
        topic,
        record -> {
          Header source = record.headers().lastHeader(SOURCE);
          if (source != null) {
            sources.merge(new String(source.value(), StandardCharsets.UTF_8), 1, Integer::sum);
          }
        });
    return sources;
  }

  private List<TopicPartition> partitions(String topic) {
    return consumer.listTopics().getOrDefault(topic, List.of()).stream()
        .map(it -> new TopicPartition(topic, it.partition()))
        .toList();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
