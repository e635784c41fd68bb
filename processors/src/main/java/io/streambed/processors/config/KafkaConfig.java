/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * The brokers, and this instance among others.
 *
 * @param bootstrapServers {@code host:port}, several with a comma between
 * @param client settings passed to every Kafka client as they are, such as {@code
 *     security.protocol}
 * @param applicationId name of the application: instances with the same name share the work
 * @param instanceId name of this instance: the same after a restart, and no other instance's
 * @param stateDir folder of the state stores
 * @param streamThreads threads that run tasks
 * @param standbyReplicas copies of each state store on other instances
 * @param jobsPartitions partitions of the topic through which jobs go
 * @param poll longest wait of a thread for records; the drain of finished calls waits as long
 * @param commitInterval how often a transaction is committed in which nothing was asked for
 * @param transactionTimeout after this the broker aborts an instance's open transaction
 * @param sessionTimeout after this the broker gives a silent instance's work to others
 */
public record KafkaConfig(
    String bootstrapServers,
    Map<String, String> client,
    String applicationId,
    String instanceId,
    Path stateDir,
    int streamThreads,
    int standbyReplicas,
    int jobsPartitions,
    Duration poll,
    Duration commitInterval,
    Duration transactionTimeout,
    Duration sessionTimeout) {

  public KafkaConfig {
    client = Map.copyOf(client);
  }

  /** The client settings are shown by name only: they hold credentials. */
  @Override
  public String toString() {
    return "KafkaConfig["
        + bootstrapServers
        + ", client="
        + new TreeMap<>(client).keySet()
        + ", "
        + applicationId
        + ", "
        + instanceId
        + ", "
        + stateDir
        + "]";
  }
}
