/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import io.streambed.processors.config.StreambedConfig;
import io.streambed.processors.job.Cancellations;
import io.streambed.processors.ops.HealthCheck;
import io.streambed.schemas.Cancel;
import io.streambed.schemas.Control;
import io.streambed.schemas.registry.RegistryException;
import io.streambed.schemas.registry.SchemaRegistryClient;
import io.streambed.schemas.serdes.AvroDeserializer;
import io.streambed.schemas.serdes.UnreadableRecordException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topic of orders, on a thread of its own: from its beginning, so that a restart forgets
 * none, and to its end before any work is taken up. It is no part of the topology, because every
 * instance reads all of it.
 */
final class ControlReader implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ControlReader.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofSeconds(1);

  private final String topic;
  private final Consumer<byte[], byte[]> consumer;
  private final AvroDeserializer<Control> controls;
  private final Cancellations cancellations;
  private final HealthCheck health;
  private final CountDownLatch atEnd = new CountDownLatch(1);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  private ControlReader(
      StreambedConfig config,
      SchemaRegistryClient registry,
      Cancellations cancellations,
      HealthCheck health) {
    this.topic = config.topics().control();
    this.consumer = WholeTopic.consumer(config.kafka());
    this.controls = new AvroDeserializer<>(registry, Control.class);
    this.cancellations = cancellations;
    this.health = health;
    this.thread = Thread.ofPlatform().daemon().name("streambed-control").unstarted(this::run);
  }

  /** Starts to read. */
  static ControlReader start(
      StreambedConfig config,
      SchemaRegistryClient registry,
      Cancellations cancellations,
      HealthCheck health) {
    ControlReader reader = new ControlReader(config, registry, cancellations, health);
    reader.thread.start();
    return reader;
  }

  /**
   * Waits until all orders there are have been read; closes it where that takes too long.
   *
   * @throws StartupException if it takes too long
   */
  void awaitEnd() {
    try {
      if (!atEnd.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        close();
        throw StartupException.because(
            "the topic "
                + topic
                + " could not be read to its end; check that Kafka and the registry work, and that"
                + " it may be read");
      }
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw StartupException.because("interrupted while starting");
    }
  }

  private void run() {
    try (consumer) {
      boolean assigned = false;
      while (closing.getCount() > 0) {
        try {
          if (!assigned) {
            consumer.seekToBeginning(WholeTopic.assign(consumer, topic));
            assigned = true;
          }
          readOnce();
          health.up();
        } catch (WakeupException e) {
          return;
        } catch (RuntimeException e) {
          // Whatever it is: orders that nobody reads any more must not go unnoticed.
          failed(e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void readOnce() {
    ConsumerRecords<byte[], byte[]> records =
        consumer.poll(atEnd.getCount() > 0 ? Duration.ofMillis(100) : POLL);
    try {
      records.forEach(this::take);
    } catch (RegistryException e) {
      // All are read again once the registry answers; an order that comes twice counts once.
      for (TopicPartition partition : records.partitions()) {
        consumer.seek(partition, records.records(partition).getFirst().offset());
      }
      throw e;
    }
    if (atEnd.getCount() > 0
        && consumer.endOffsets(consumer.assignment()).entrySet().stream()
            .allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
      atEnd.countDown();
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    try {
      Control control = controls.deserialize(record.topic(), record.value());
      if (control == null || control.getCancel().isEmpty()) {
        unknown(record);
        return;
      }
      Cancel cancel = control.getCancel().get();
      cancellations.add(
          new Cancellations.Request(cancel.getTenant(), cancel.getId()),
          Instant.ofEpochMilli(record.timestamp()));
    } catch (UnreadableRecordException e) {
      unknown(record);
    }
  }

  private static void unknown(ConsumerRecord<byte[], byte[]> record) {
    LOG.atWarn()
        .addKeyValue("topic", record.topic())
        .addKeyValue("partition", record.partition())
        .addKeyValue("offset", record.offset())
        .log("an order is not understood and is passed over");
  }

  private void failed(RuntimeException failure) throws InterruptedException {
    health.down(
        "orders cannot be read; check Kafka, the registry, and the right to read the topic");
    LOG.atWarn()
        .addKeyValue("failure", failure.getClass().getName())
        .log("orders cannot be read for now");
    if (closing.await(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.atDebug().log("closed while orders could not be read");
    }
  }

  @Override
  public void close() {
    closing.countDown();
    consumer.wakeup();
    try {
      thread.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
