/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.cluster;

import io.streambed.processors.redrive.RedriveWriter;
import io.streambed.processors.redrive.Slice;
import io.streambed.schemas.Redrive;
import io.streambed.schemas.registry.RegistryException;
import io.streambed.schemas.registry.RegistryUnavailableException;
import io.streambed.schemas.registry.SchemaRegistryClient;
import io.streambed.schemas.serdes.AvroEncoder;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.producer.Producer;

/** Publishes requests of dead letters again, a transaction a slice. For one thread. */
public final class RedrivePublisher implements AutoCloseable {
  private final SchemaRegistryClient registry;
  private final Producer<byte[], byte[]> producer;
  private final RedriveWriter writer;

  private RedrivePublisher(
      SchemaRegistryClient registry, Producer<byte[], byte[]> producer, RedriveWriter writer) {
    this.registry = registry;
    this.producer = producer;
    this.writer = writer;
  }

  /**
   * Opens a publisher. Whoever had the same transactional id before can write nothing any more, and
   * what it had begun is undone when this returns.
   *
   * @throws UnreachableException if the registry does not answer
   * @throws RegistryException if it refuses the schema
   */
  public static RedrivePublisher open(Cluster cluster, KafkaAccess kafka, String transactionalId) {
    SchemaRegistryClient registry = new SchemaRegistryClient(cluster.registry());
    Producer<byte[], byte[]> producer = kafka.transactionalProducer(transactionalId);
    try {
      AvroEncoder encoder = new AvroEncoder(registry, cluster.naming(), cluster.autoRegister());
      String topic = cluster.topics().redrives();
      encoder.prepare(topic, Redrive.getClassSchema()).join();
      producer.initTransactions();
      return new RedrivePublisher(registry, producer, new RedriveWriter(producer, encoder, topic));
    } catch (CompletionException e) {
      close(producer, registry);
      RegistryException reason = RegistryException.in(e);
      throw reason instanceof RegistryUnavailableException
          ? UnreachableException.registry(String.valueOf(reason.getMessage()))
          : reason;
    } catch (RuntimeException e) {
      close(producer, registry);
      throw e;
    }
  }

  /**
   * Writes a slice; when it returns, it has committed.
   *
   * @throws org.apache.kafka.common.errors.ProducerFencedException if another has taken the
   *     transactional id
   */
  public List<Redrive> write(Slice slice, String run, Instant now) {
    return writer.write(slice, run, now);
  }

  @Override
  public void close() {
    close(producer, registry);
  }

  private static void close(Producer<byte[], byte[]> producer, SchemaRegistryClient registry) {
    producer.close();
    registry.close();
  }
}
