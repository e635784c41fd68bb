/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Reads single records by their places. Not for use by several threads. */
public final class RecordReader implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration PIECE = Duration.ofMillis(200);

  private final KafkaAccess kafka;
  private final Consumer<byte[], byte[]> consumer;

  private RecordReader(KafkaAccess kafka, Consumer<byte[], byte[]> consumer) {
    this.kafka = kafka;
    this.consumer = consumer;
  }

  /** Opens a reader. */
  public static RecordReader open(KafkaAccess kafka) {
    return new RecordReader(kafka, kafka.consumerOfSingleRecords());
  }

  /**
   * The committed record at a place, if it is there.
   *
   * @throws UnreachableException if Kafka does not answer
   */
  public Optional<ConsumerRecord<byte[], byte[]>> at(String topic, int partition, long offset) {
    TopicPartition place = new TopicPartition(topic, partition);
    try {
      boolean there =
          consumer.partitionsFor(topic).stream().anyMatch(one -> one.partition() == partition);
      if (!there) {
        return Optional.empty();
      }
      consumer.assign(List.of(place));
      long first = consumer.beginningOffsets(consumer.assignment()).getOrDefault(place, 0L);
      long end = consumer.endOffsets(consumer.assignment()).getOrDefault(place, 0L);
      if (offset < first || offset >= end) {
        return Optional.empty();
      }
      return read(place, offset);
    } catch (UnknownTopicOrPartitionException e) {
      return Optional.empty();
    } catch (RetriableException e) {
      throw kafka.reason(e);
    }
  }

  private Optional<ConsumerRecord<byte[], byte[]>> read(TopicPartition place, long offset) {
    consumer.seek(place, offset);
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < PATIENCE.toNanos()) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(PIECE)) {
        return record.offset() == offset ? Optional.of(record) : Optional.empty();
      }
      if (consumer.position(place) > offset) {
        // Passed over: deleted, compacted, or of a transaction that was aborted.
        return Optional.empty();
      }
    }
    throw kafka.reason(new TimeoutException("not read in time"));
  }

  @Override
  public void close() {
    consumer.close();
  }
}
