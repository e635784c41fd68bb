/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streambed.schemas.Cancel;
import io.streambed.schemas.Control;
import io.streambed.schemas.registry.RegistryException;
import io.streambed.schemas.registry.RegistryUnavailableException;
import io.streambed.schemas.registry.SchemaRegistryClient;
import io.streambed.schemas.serdes.AvroEncoder;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Publishes orders to the running platform. For one thread. */
public final class ControlPublisher implements AutoCloseable {
  private final String topic;
  private final SchemaRegistryClient registry;
  private final AvroEncoder encoder;
  private final Producer<byte[], byte[]> producer;

  private ControlPublisher(Cluster cluster, Producer<byte[], byte[]> producer) {
    this.topic = cluster.topics().control();
    this.registry = new SchemaRegistryClient(cluster.registry());
    this.encoder = new AvroEncoder(registry, cluster.naming(), cluster.autoRegister());
    this.producer = producer;
  }

  /**
   * Opens a publisher and finds or registers the orders' schema.
   *
   * @throws UnreachableException if the registry does not answer
   * @throws RegistryException if it refuses the schema
   */
  public static ControlPublisher open(Cluster cluster, KafkaAccess kafka) {
    ControlPublisher publisher = new ControlPublisher(cluster, kafka.producer());
    try {
      publisher.encoder.prepare(publisher.topic, Control.getClassSchema()).join();
      return publisher;
    } catch (CompletionException e) {
      publisher.close();
      RegistryException reason = RegistryException.in(e);
      throw reason instanceof RegistryUnavailableException
          ? UnreachableException.registry(String.valueOf(reason.getMessage()))
          : reason;
    }
  }

  /**
   * Cancels a request. Completes with its time when Kafka has the order, or fails with Kafka's
   * reason.
   */
  public CompletableFuture<Instant> cancel(String tenant, String id) {
    Control order =
        Control.newBuilder()
            .setCancel(Cancel.newBuilder().setTenant(tenant).setId(id).build())
            .build();
    CompletableFuture<Instant> published = new CompletableFuture<>();
    producer.send(
        new ProducerRecord<>(
            topic, (tenant + "/" + id).getBytes(UTF_8), encoder.encode(topic, order)),
        (metadata, failure) -> {
          if (failure == null) {
            published.complete(Instant.ofEpochMilli(metadata.timestamp()));
          } else {
            published.completeExceptionally(failure);
          }
        });
    producer.flush();
    return published;
  }

  @Override
  public void close() {
    producer.close();
    registry.close();
  }
}
