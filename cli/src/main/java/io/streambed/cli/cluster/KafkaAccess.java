/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.cluster;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes Kafka's clients for a cluster, after one look whether it is there at all. */
public final class KafkaAccess {
  /** A broker that takes connections and does not answer in this time will not. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Cluster cluster;

  private KafkaAccess(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Makes sure that Kafka answers, so that a wrong address is told at once and not after a minute.
   *
   * @throws UnreachableException if it does not
   */
  public static KafkaAccess to(Cluster cluster) {
    if (!Listening.any(cluster.bootstrapServers())) {
      throw UnreachableException.kafka(cluster.bootstrapServers());
    }
    KafkaAccess access = new KafkaAccess(cluster);
    try (Admin admin = access.admin()) {
      access.await(admin.describeCluster().clusterId());
    }
    return access;
  }

  /**
   * A client for topics.
   *
   * @throws UnreachableException if no address can be resolved
   */
  public Admin admin() {
    Map<String, Object> settings = settings();
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    return resolved(() -> Admin.create(settings));
  }

  /** A producer that loses nothing and doubles nothing. */
  Producer<byte[], byte[]> producer() {
    return producer(settings());
  }

  /**
   * A producer of transactions. While one of them is open, readers of committed records see nothing
   * newer of the partitions that it has written to: one that was left open by a kill ends soon.
   */
  public Producer<byte[], byte[]> transactionalProducer(String transactionalId) {
    Map<String, Object> settings = settings();
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 10_000);
    return producer(settings);
  }

  private Producer<byte[], byte[]> producer(Map<String, Object> settings) {
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    // As large as our topics take; what they refuse is told for the record that is too large.
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 16 * 1024 * 1024);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 30_000);
    return resolved(
        () -> new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()));
  }

  /** A consumer without a group that sees only what was committed. */
  public Consumer<byte[], byte[]> consumer() {
    return consumer(settings());
  }

  /** The same that hands out one record at a time. */
  Consumer<byte[], byte[]> consumerOfSingleRecords() {
    Map<String, Object> settings = settings();
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    return consumer(settings);
  }

  private Consumer<byte[], byte[]> consumer(Map<String, Object> settings) {
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return resolved(() ->
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
  }

  /**
   * Waits for an answer of Kafka's.
   *
   * @throws UnreachableException if it does not come
   */
  public <T> T await(KafkaFuture<T> future) {
    try {
      return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw UnreachableException.kafka(cluster.bootstrapServers());
    } catch (TimeoutException e) {
      throw UnreachableException.kafka(cluster.bootstrapServers());
    } catch (ExecutionException e) {
      throw reason(e.getCause() == null ? e : e.getCause());
    }
  }

  /** What a failed answer means to the user. */
  public RuntimeException reason(Throwable failure) {
    Throwable inner = failure;
    while ((inner instanceof CompletionException || inner instanceof ExecutionException)
        && inner.getCause() != null) {
      inner = inner.getCause();
    }
    if (inner instanceof RetriableException) {
      return UnreachableException.kafka(cluster.bootstrapServers());
    }
    return inner instanceof RuntimeException known ? known : new CompletionException(inner);
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>(cluster.kafka());
    settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, cluster.bootstrapServers());
    return settings;
  }

  private <C> C resolved(Supplier<C> client) {
    try {
      return client.get();
    } catch (ConfigException e) {
      // No address of the list has a known host, or is of the form host:port.
      throw UnreachableException.kafka(cluster.bootstrapServers());
    } catch (KafkaException e) {
      if (e.getCause() instanceof ConfigException) {
        throw UnreachableException.kafka(cluster.bootstrapServers());
      }
      throw e;
    }
  }
}
