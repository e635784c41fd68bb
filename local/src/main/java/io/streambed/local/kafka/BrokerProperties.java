/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.kafka;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Settings of a broker that is its own controller, small and quick to start. */
final class BrokerProperties {
  static final String CONTROLLER = "CONTROLLER";
  static final int NODE_ID = 1;

  private BrokerProperties() {}

  static Map<String, String> of(String host, int port, int controllerPort, Path data) {
    Map<String, String> properties = new HashMap<>();
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", Integer.toString(NODE_ID));
    properties.put("controller.quorum.voters", NODE_ID + "@" + host + ":" + controllerPort);
    String clients = "PLAINTEXT://" + host + ":" + port;
    properties.put("listeners", clients + "," + CONTROLLER + "://" + host + ":" + controllerPort);
    properties.put("advertised.listeners", clients);
    properties.put("controller.listener.names", CONTROLLER);
    properties.put(
        "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
    properties.put("log.dirs", data.toString());
    properties.put("auto.create.topics.enable", "false");
    oneReplica(properties);
    quick(properties);
    small(properties);
    return properties;
  }

  private static void oneReplica(Map<String, String> properties) {
    properties.put("min.insync.replicas", "1");
    properties.put("offsets.topic.replication.factor", "1");
    properties.put("transaction.state.log.replication.factor", "1");
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("share.coordinator.state.topic.replication.factor", "1");
    properties.put("share.coordinator.state.topic.min.isr", "1");
  }

  private static void quick(Map<String, String> properties) {
    properties.put("group.initial.rebalance.delay.ms", "0");
    // Otherwise no client can ask for a session below 6 s, and a take-over takes that long.
    properties.put("group.min.session.timeout.ms", "1000");
    // The default of 10 s is how long a dead producer's open transaction hides what follows it.
    properties.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "500");
    // The default of 20 ms is added to transactions that follow one another at once.
    properties.put("add.partitions.to.txn.retry.backoff.ms", "1");
    // For so long the broker itself waits until the markers of the transaction before are written.
    // After the default of 100 ms, which a busy machine exceeds, it sends a transaction's first
    // batch back, finds the next batch, which is on its way, out of order, and logs that as an
    // error; the producer sends both again.
    properties.put("add.partitions.to.txn.retry.backoff.max.ms", "10000");
  }

  private static void small(Map<String, String> properties) {
    properties.put("offsets.topic.num.partitions", "4");
    properties.put("transaction.state.log.num.partitions", "4");
    properties.put("share.coordinator.state.topic.num.partitions", "4");
    properties.put("num.network.threads", "2");
    properties.put("num.io.threads", "4");
    properties.put("log.cleaner.threads", "1");
    properties.put("log.cleaner.dedupe.buffer.size", "16777216");
  }
}
