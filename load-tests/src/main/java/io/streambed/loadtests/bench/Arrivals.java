/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.bench;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Numbered records of a topic, as a reader of committed ones sees them: the first four bytes of a
 * value are its number. For one thread.
 */
public final class Arrivals implements AutoCloseable {
  private final Consumer<byte[], byte[]> consumer;
  private final Set<Integer> numbers = new HashSet<>();
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private int records;

  Arrivals(String kafka, String topic) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", kafka,
                "group.id", "arrivals-of-" + topic,
                "auto.offset.reset", "earliest",
                "isolation.level", "read_committed",
                "metadata.max.age.ms", "1000"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.subscribe(Set.of(topic));
  }

  /** Reads on while there is something; whether it has seen so many records by now. */
  public boolean hasSeen(int count) {
    ConsumerRecords<byte[], byte[]> some;
    do {
      some = consumer.poll(Duration.ofMillis(100));
      for (ConsumerRecord<byte[], byte[]> record : some) {
        records++;
        ends.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
        numbers.add(ByteBuffer.wrap(record.value()).getInt());
      }
    } while (!some.isEmpty() && records < count);
    return records >= count;
  }

  /** Records so far. */
  public int records() {
    return records;
  }

  /** Different ones among them. */
  public int distinct() {
    return numbers.size();
  }

  /** Of each partition the offset after the last record. */
  Map<TopicPartition, Long> ends() {
    return Map.copyOf(ends);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
