/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.topology;

import io.streambed.processors.commit.AfterCommit;
import io.streambed.processors.job.PausedPartitions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/**
 * Kafka's own clients, of which the main consumer can pause partitions and the producers tell of
 * commits.
 *
 * @param sessionTimeout after which the broker takes a silent consumer for dead
 * @param draining whether nothing shall be read any more
 */
public record StreambedClients(
    PausedPartitions paused,
    ReadAhead readAhead,
    AfterCommit afterCommit,
    InstantSource clock,
    Duration sessionTimeout,
    BooleanSupplier draining)
    implements KafkaClientSupplier {

  private static final KafkaClientSupplier CLIENTS = new DefaultKafkaClientSupplier();

  @Override
  public Admin getAdmin(Map<String, Object> config) {
    return CLIENTS.getAdmin(config);
  }

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
    return new CommitNoticingProducer(config, clock, afterCommit::committed);
  }

  @Override
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
    return PausingConsumer.around(
        CLIENTS.getConsumer(config), paused, readAhead, draining, afterCommit::isQuiet, stepBack());
  }

  /** Heartbeats are sent every quarter of a session: one that lacks half of it lives. */
  private StepBack stepBack() {
    return new StepBack(InstantSource.system(), sessionTimeout.dividedBy(2));
  }

  @Override
  public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
    return CLIENTS.getRestoreConsumer(config);
  }

  @Override
  public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
    return CLIENTS.getGlobalConsumer(config);
  }
}
