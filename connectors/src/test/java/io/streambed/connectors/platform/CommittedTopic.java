/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.platform;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What a reader of committed records sees of a topic, from its begin. Of one thread. */
public final class CommittedTopic implements AutoCloseable {

  private static final Duration PIECE = Duration.ofMillis(100);

  /** After the last record that was waited for, so that one too many is seen, too. */
  private static final Duration REST = Duration.ofSeconds(2);

  private final Consumer<byte[], byte[]> consumer;
  private final List<ConsumerRecord<byte[], byte[]>> seen = new ArrayList<>();

  private CommittedTopic(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /** Makes a topic, and reads it. */
  public static CommittedTopic create(String bootstrapServers, String topic, int partitions)
      throws InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin.createTopics(Set.of(new NewTopic(topic, partitions, (short) 1))).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
    return of(bootstrapServers, topic);
  }

  /** Reads a topic that is there, or comes. */
  public static CommittedTopic of(String bootstrapServers, String topic) {
    Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers,
                "group.id", "reader-of-" + topic + "-" + System.nanoTime(),
                "auto.offset.reset", "earliest",
                "isolation.level", "read_committed",
                "metadata.max.age.ms", "1000"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.subscribe(Set.of(topic));
    return new CommittedTopic(consumer);
  }

  /** Reads what is there now. */
  public List<ConsumerRecord<byte[], byte[]>> poll() {
    consumer.poll(PIECE).forEach(seen::add);
    return List.copyOf(seen);
  }

  /** Reads until there are so many in all or the time is over. */
  public void reach(int count, Duration within) {
    long end = System.nanoTime() + within.toNanos();
    while (seen.size() < count && System.nanoTime() < end) {
      consumer.poll(PIECE).forEach(seen::add);
    }
  }

  /** The same and a little longer, so that what is there twice shows; gives all. */
  public List<ConsumerRecord<byte[], byte[]>> await(int count, Duration within) {
    reach(count, within);
    long rest = System.nanoTime() + REST.toNanos();
    while (System.nanoTime() < rest) {
      consumer.poll(PIECE).forEach(seen::add);
    }
    return List.copyOf(seen);
  }

  /** How many it has seen. */
  public int count() {
    return seen.size();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
