/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import io.streambed.connectors.PluginVersion;
import io.streambed.connectors.aws.KinesisClients;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/** Writes its share of the partitions to Kinesis. The worker calls all of it on one thread. */
public final class KinesisSinkTask extends SinkTask {

  private @Nullable KinesisClients clients;
  private @Nullable Delivery delivery;

  /** For the worker, which calls {@link #start} next. */
  public KinesisSinkTask() {}

  @Override
  public String version() {
    return PluginVersion.get();
  }

  @Override
  public void start(Map<String, String> settings) {
    KinesisSinkConfig config = new KinesisSinkConfig(settings);
    KinesisClients opened = KinesisClients.open(config.aws(), false);
    clients = opened;
    KinesisAsyncClient kinesis = opened.kinesis();
    delivery =
        new Delivery(
            config,
            context,
            new SinkMetrics(pluginMetrics(), System::nanoTime, InstantSource.system()),
            request -> kinesis.putRecords(request),
            RandomGenerator.getDefault(),
            System::nanoTime);
  }

  private Optional<PluginMetrics> pluginMetrics() {
    try {
      return Optional.ofNullable(context.pluginMetrics());
    } catch (NoSuchMethodError | NoClassDefFoundError e) {
      // A worker older than Kafka 4.1.
      return Optional.empty();
    }
  }

  @Override
  public void open(Collection<TopicPartition> partitions) {
    running().open(partitions);
  }

  @Override
  public void close(Collection<TopicPartition> partitions) {
    if (delivery != null) {
      delivery.close(partitions);
    }
  }

  @Override
  public void put(Collection<SinkRecord> records) {
    running().put(records);
  }

  @Override
  public Map<TopicPartition, OffsetAndMetadata> preCommit(
      Map<TopicPartition, OffsetAndMetadata> currentOffsets) {
    return running().committable(currentOffsets);
  }

  private Delivery running() {
    Delivery running = delivery;
    if (running == null) {
      throw new ConnectException("the task is not started");
    }
    return running;
  }

  @Override
  public void stop() {
    if (delivery != null) {
      delivery.close();
    }
    if (clients != null) {
      clients.close();
    }
  }
}
