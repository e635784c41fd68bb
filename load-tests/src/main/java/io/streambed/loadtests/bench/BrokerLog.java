/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.bench;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.coordinator.transaction.generated.TransactionLogValue;

/**
 * What the broker has written: bytes of all topics, its own included, and transactions that ended.
 * For one thread.
 */
public final class BrokerLog implements AutoCloseable {
  private static final String TRANSACTIONS = "__transaction_state";
  // TransactionState.COMPLETE_COMMIT and COMPLETE_ABORT, as they are stored.
  private static final int COMMITTED = 4;
  private static final int ABORTED = 5;

  private final Admin admin;
  private final KafkaConsumer<byte[], byte[]> consumer;

  BrokerLog(String kafka) {
    this.admin = Admin.create(Map.of("bootstrap.servers", kafka));
    this.consumer =
        new KafkaConsumer<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  /** Bytes of all topics on disk. */
  public long bytes() {
    return bytes(topic -> true);
  }

  /** Bytes of some topics on disk. */
  public long bytes(Predicate<String> topics) {
    try {
      return admin
          .describeLogDirs(admin.describeCluster().nodes().get().stream().map(n -> n.id()).toList())
          .allDescriptions()
          .get(10, TimeUnit.SECONDS)
          .values()
          .stream()
          .flatMap(folders -> folders.values().stream())
          .flatMap(folder -> folder.replicaInfos().entrySet().stream())
          .filter(replica -> topics.test(replica.getKey().topic()))
          .mapToLong(replica -> replica.getValue().size())
          .sum();
    } catch (ExecutionException | TimeoutException e) {
      throw new BenchException("the broker does not tell the size of its logs", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
  }

  /** Forgets the transactions so far; {@link #transactions} counts those that follow. */
  public void begin() {
    List<TopicPartition> parts = new ArrayList<>();
    for (PartitionInfo part : consumer.partitionsFor(TRANSACTIONS)) {
      parts.add(new TopicPartition(TRANSACTIONS, part.partition()));
    }
    consumer.assign(parts);
    consumer.seekToEnd(parts);
    parts.forEach(consumer::position);
  }

  /** Transactions that were committed or aborted since {@link #begin}, or were counted last. */
  public int transactions() {
    return ends().size();
  }

  /** When they ended, milliseconds since 1970, in no order. */
  public List<Long> ends() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    List<Long> times = new ArrayList<>();
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      for (ConsumerRecord<byte[], byte[]> one : consumer.poll(Duration.ofMillis(100))) {
        if (one.value() != null && ended(one.value())) {
          times.add(one.timestamp());
        }
      }
    }
    return times;
  }

  private static boolean ended(byte[] value) {
    ByteBuffer bytes = ByteBuffer.wrap(value);
    short version = bytes.getShort();
    int status =
        new TransactionLogValue(new ByteBufferAccessor(bytes), version).transactionStatus();
    return status == COMMITTED || status == ABORTED;
  }

  @Override
  public void close() {
    consumer.close();
    admin.close();
  }
}
