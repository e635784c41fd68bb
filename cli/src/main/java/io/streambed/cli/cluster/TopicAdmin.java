/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.cluster;

import io.streambed.schemas.topics.TopicCheck;
import io.streambed.schemas.topics.TopicCreation;
import io.streambed.schemas.topics.TopicLayout;
import io.streambed.schemas.topics.TopicProvisioner;
import io.streambed.schemas.topics.TopicState;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.admin.Admin;

/** Creates and describes the topics of a cluster. */
public final class TopicAdmin implements AutoCloseable {
  /** Copies of a partition where there are brokers enough: one may fail. */
  private static final int USUAL_REPLICATION = 3;

  private final KafkaAccess kafka;
  private final Admin admin;
  private final TopicProvisioner topics;

  private TopicAdmin(KafkaAccess kafka, Admin admin, Cluster cluster) {
    this.kafka = kafka;
    this.admin = admin;
    this.topics = new TopicProvisioner(admin, cluster.topics());
  }

  /**
   * Connects.
   *
   * @throws UnreachableException if Kafka does not answer
   */
  public static TopicAdmin to(Cluster cluster) {
    KafkaAccess kafka = KafkaAccess.to(cluster);
    return new TopicAdmin(kafka, kafka.admin(), cluster);
  }

  /** Three copies, or as many as there are brokers. */
  public short usualReplication() {
    int brokers = kafka.await(admin.describeCluster().nodes()).size();
    return (short) Math.min(USUAL_REPLICATION, brokers);
  }

  /**
   * Creates what is missing.
   *
   * @param dryRun let the cluster check everything and create nothing
   */
  public List<TopicCreation> create(TopicLayout layout, boolean dryRun) {
    return await(topics.create(layout, dryRun));
  }

  /** The topics as the cluster has them. */
  public List<TopicState> describe() {
    return await(topics.describe());
  }

  /**
   * Whether everything is there for the platform to start.
   *
   * @param jobPartitions partitions of the internal jobs topic
   */
  public TopicCheck check(int jobPartitions) {
    return await(topics.check(jobPartitions));
  }

  private <T> T await(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw kafka.reason(e);
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
