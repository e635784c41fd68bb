/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.topology;

import io.streambed.processors.config.KafkaConfig;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The settings of Kafka Streams that the platform's promises rest on. */
public final class StreamsSettings {

  /** Largest record of a topic between steps or of a changelog: a request and its envelope. */
  public static final int MAX_INTERNAL_RECORD_BYTES = 16 << 20;

  /** What is read ahead of processing; it goes to the stores even when a partition is paused. */
  private static final int BUFFERED_RECORDS = 200;

  /** Few, so that requests and jobs take short turns. */
  private static final int POLLED_RECORDS = 50;

  /**
   * A store that is to be read joins in the next fetch only, and one of stores that are read to
   * their end waits at the broker for so long: with the default of 500 ms, most of a start.
   */
  private static final int RESTORE_FETCH_WAIT_MILLIS = 50;

  private StreamsSettings() {}

  /** All settings, the users' own for Kafka's clients included. */
  public static Properties of(KafkaConfig kafka) {
    Properties settings = new Properties();
    settings.putAll(kafka.client());
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, kafka.applicationId());
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    settings.put(StreamsConfig.STATE_DIR_CONFIG, kafka.stateDir().toString());
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, kafka.streamThreads());
    settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, kafka.standbyReplicas());
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    // Steps ask for commits when they have written something; this is only the cadence behind it.
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, kafka.commitInterval().toMillis());
    settings.put(StreamsConfig.POLL_MS_CONFIG, kafka.poll().toMillis());
    settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
    settings.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, BUFFERED_RECORDS);
    // A paused and empty input must not stall the task's others.
    settings.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, -1L);
    settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SharedRocksMemory.class);
    settings.put(
        StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG), MAX_INTERNAL_RECORD_BYTES);
    settings.put(
        StreamsConfig.restoreConsumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG),
        RESTORE_FETCH_WAIT_MILLIS);
    consumer(settings, kafka);
    producer(settings, kafka);
    return settings;
  }

  private static void consumer(Properties settings, KafkaConfig kafka) {
    Duration session = kafka.sessionTimeout();
    put(settings, true, ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, kafka.instanceId());
    put(settings, true, ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLLED_RECORDS);
    put(settings, true, ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    // Offsets that a crash has left in an open transaction are asked for again and again, by the
    // thread that should work: the defaults of 100 ms to 1 s are most of a take-over.
    put(settings, true, ConsumerConfig.RETRY_BACKOFF_MS_CONFIG, 20L);
    put(settings, true, ConsumerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, 100L);
    put(settings, true, ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) session.toMillis());
    put(settings, true, ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, (int) session.toMillis() / 4);
  }

  private static void producer(Properties settings, KafkaConfig kafka) {
    int transaction = (int) kafka.transactionTimeout().toMillis();
    put(settings, false, ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, transaction);
    // Nothing is readable before the commit, and the commit flushes: lingering costs no latency.
    put(settings, false, ProducerConfig.LINGER_MS_CONFIG, 100);
    put(settings, false, ProducerConfig.BATCH_SIZE_CONFIG, 64 << 10);
    // No compression: a transaction sends a few records to each of many partitions, and every such
    // batch would allocate 128 KiB for LZ4, which was four fifths of all allocation.
    put(settings, false, ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_INTERNAL_RECORD_BYTES);
    put(settings, false, ProducerConfig.BUFFER_MEMORY_CONFIG, 4L * MAX_INTERNAL_RECORD_BYTES);
    // Transactions that follow each other closely meet "concurrent transactions" at the broker and
    // would sleep the defaults of 20 and 100 ms.
    put(settings, false, ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 2L);
    put(settings, false, ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, 10L);
  }

  private static void put(Properties settings, boolean consumer, String key, Object value) {
    settings.put(
        consumer ? StreamsConfig.mainConsumerPrefix(key) : StreamsConfig.producerPrefix(key),
        value);
  }
}
