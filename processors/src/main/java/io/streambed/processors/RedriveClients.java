/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import io.streambed.processors.config.KafkaConfig;
import io.streambed.processors.redrive.Rule;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Clients of the rule that redrives.
 *
 * @param consumer of dead letters, in a group of all instances; from now on where it is new
 * @param producer of transactions that are this instance's own
 */
record RedriveClients(
    KafkaConsumer<byte[], byte[]> consumer, KafkaProducer<byte[], byte[]> producer) {

  private static final int MOST_AT_ONCE = 200;

  /**
   * Makes them.
   *
   * @param maxBytes of a record that is published
   */
  static RedriveClients of(KafkaConfig kafka, int maxBytes) {
    Map<String, Object> reading = new HashMap<>(kafka.client());
    reading.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    reading.put(ConsumerConfig.GROUP_ID_CONFIG, Rule.group(kafka.applicationId()));
    // Started again after a kill, it has its partitions back at once.
    reading.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, kafka.instanceId());
    int session = (int) kafka.sessionTimeout().toMillis();
    reading.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, session);
    reading.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, session / 4);
    reading.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    reading.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    reading.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
    reading.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_AT_ONCE);
    reading.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    Map<String, Object> writing = new HashMap<>(kafka.client());
    writing.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    writing.put(
        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
        kafka.applicationId() + "-redrive-" + kafka.instanceId());
    writing.put(
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) kafka.transactionTimeout().toMillis());
    writing.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, maxBytes);
    writing.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    return new RedriveClients(
        new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
        new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer()));
  }
}
