/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streambed.schemas.ReplayOrder;
import io.streambed.schemas.ReplayPlan;
import io.streambed.schemas.ReplayRun;
import io.streambed.schemas.ReplayWish;
import io.streambed.schemas.registry.SchemaRegistryClient;
import io.streambed.schemas.serdes.AvroEncoder;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;

/** Publishes plans of runs and orders to them. For one thread. */
public final class RunPublisher implements AutoCloseable {
  private final String topic;
  private final KafkaAccess kafka;
  private final SchemaRegistryClient registry;
  private final AvroEncoder encoder;
  private final Producer<byte[], byte[]> producer;

  private RunPublisher(Cluster cluster, KafkaAccess kafka) {
    this.topic = cluster.topics().replayRuns();
    this.kafka = kafka;
    this.registry = new SchemaRegistryClient(cluster.registry());
    this.encoder = new AvroEncoder(registry, cluster.naming(), cluster.autoRegister());
    this.producer = kafka.producer();
  }

  /**
   * Opens a publisher and finds or registers the schema.
   *
   * @throws UnreachableException if the registry does not answer
   */
  public static RunPublisher open(Cluster cluster, KafkaAccess kafka) {
    RunPublisher publisher = new RunPublisher(cluster, kafka);
    try {
      Schemas.prepare(publisher.encoder, publisher.topic, ReplayRun.getClassSchema());
      return publisher;
    } catch (RuntimeException e) {
      publisher.close();
      throw e;
    }
  }

  /** Publishes what a run is to do; Kafka has it when this returns. */
  public void plan(String run, ReplayPlan plan) {
    send("plan", ReplayRun.newBuilder().setRun(run).setPlan(plan).build());
  }

  /** Publishes an order; Kafka has it when this returns. */
  public void order(String run, ReplayOrder order, Instant now) {
    ReplayWish wish = ReplayWish.newBuilder().setOrder(order).setSaidAt(now).build();
    send("wish", ReplayRun.newBuilder().setRun(run).setWish(wish).build());
  }

  private void send(String kind, ReplayRun record) {
    byte[] key = (record.getRun() + "/" + kind).getBytes(UTF_8);
    try {
      producer.send(new ProducerRecord<>(topic, key, encoder.encode(topic, record))).get();
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      throw kafka.reason(e);
    }
  }

  @Override
  public void close() {
    producer.close();
    registry.close();
  }
}
