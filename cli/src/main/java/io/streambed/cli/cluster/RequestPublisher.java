/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streambed.cli.request.Request;
import io.streambed.schemas.EmbeddingRequest;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.registry.RegistryException;
import io.streambed.schemas.registry.RegistryUnavailableException;
import io.streambed.schemas.registry.SchemaRegistryClient;
import io.streambed.schemas.serdes.AvroEncoder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.avro.Schema;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Publishes requests. Safe for use by many threads; blocks a caller while Kafka's own buffer is
 * full.
 */
public final class RequestPublisher implements AutoCloseable {
  private final Cluster cluster;
  private final SchemaRegistryClient registry;
  private final AvroEncoder encoder;
  private final Producer<byte[], byte[]> producer;

  private RequestPublisher(
      Cluster cluster, SchemaRegistryClient registry, Producer<byte[], byte[]> producer) {
    this.cluster = cluster;
    this.registry = registry;
    this.encoder = new AvroEncoder(registry, cluster.naming(), cluster.autoRegister());
    this.producer = producer;
  }

  /**
   * Opens a publisher and finds or registers the requests' schemas.
   *
   * @throws UnreachableException if the registry does not answer
   * @throws RegistryException if it refuses the schemas
   */
  public static RequestPublisher open(Cluster cluster, KafkaAccess kafka) {
    SchemaRegistryClient registry = new SchemaRegistryClient(cluster.registry());
    try {
      RequestPublisher publisher = new RequestPublisher(cluster, registry, kafka.producer());
      publisher.prepare(cluster.topics().promptRequests(), PromptRequest.getClassSchema());
      publisher.prepare(cluster.topics().embeddingRequests(), EmbeddingRequest.getClassSchema());
      return publisher;
    } catch (RuntimeException e) {
      registry.close();
      throw e;
    }
  }

  private void prepare(String topic, Schema schema) {
    try {
      encoder.prepare(topic, schema).join();
    } catch (CompletionException e) {
      RegistryException reason = RegistryException.in(e);
      producer.close();
      throw reason instanceof RegistryUnavailableException
          ? UnreachableException.registry(String.valueOf(reason.getMessage()))
          : reason;
    }
  }

  /** Publishes a request. Completes when Kafka has it, or fails with Kafka's reason. */
  public CompletableFuture<Published> publish(Request request) {
    String topic =
        switch (request) {
          case Request.Prompt prompt -> cluster.topics().promptRequests();
          case Request.Embedding embedding -> cluster.topics().embeddingRequests();
        };
    ProducerRecord<byte[], byte[]> message =
        new ProducerRecord<>(
            topic,
            request.key().map(key -> key.getBytes(UTF_8)).orElse(null),
            encoder.encode(topic, request.value()));
    request.headers().forEach((name, value) -> message.headers().add(name, value.getBytes(UTF_8)));
    return send(message, request.id().orElse(""));
  }

  /** Publishes bytes as they are, which may be no request at all. */
  public CompletableFuture<Published> publishRaw(String topic, byte[] value) {
    return send(new ProducerRecord<>(topic, value), "");
  }

  private CompletableFuture<Published> send(ProducerRecord<byte[], byte[]> message, String ownId) {
    CompletableFuture<Published> published = new CompletableFuture<>();
    producer.send(
        message,
        (metadata, failure) -> {
          if (failure == null) {
            published.complete(
                new Published(metadata.topic(), metadata.partition(), metadata.offset(), ownId));
          } else {
            published.completeExceptionally(failure);
          }
        });
    return published;
  }

  /** Waits until Kafka has everything or has refused it. */
  public void flush() {
    producer.flush();
  }

  @Override
  public void close() {
    producer.close();
    registry.close();
  }
}
