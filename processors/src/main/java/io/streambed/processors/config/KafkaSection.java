/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The brokers, and this instance among others. */
final class KafkaSection {

  static final Keys KEYS = new Keys("Kafka");

  private static final Key<String> SERVERS =
      KEYS.text(
          "kafka.bootstrap.servers",
          "127.0.0.1:9092",
          Validators.servers(),
          HIGH,
          "Brokers to begin with, `host:port`, several with a comma between.");
  private static final Key<String> APPLICATION =
      KEYS.text(
          "application.id",
          "streambed",
          Validators.name(),
          HIGH,
          "Name of the application. Instances with the same name share the work; it is also the prefix of internal topics and transactional ids.");
  private static final Key<Optional<String>> INSTANCE =
      KEYS.optionalText(
          "instance.id",
          "the host's name",
          Validators.name(),
          HIGH,
          "Name of this instance. It must be the same after a restart and no other instance's: the broker then keeps the instance's work for it, and a restart fences only its own past.");
  private static final Key<Path> STATE =
      KEYS.path(
          "state.dir",
          "streambed-state",
          HIGH,
          "Folder of the state stores. Keep it across restarts, or they are read again from Kafka.");
  private static final Key<Integer> THREADS =
      KEYS.count("stream.threads", 1, 1, 64, MEDIUM, "Threads that run tasks.");
  private static final Key<Integer> STANDBYS =
      KEYS.count(
          "standby.replicas",
          0,
          0,
          4,
          MEDIUM,
          "Copies of each state store on other instances, for a fast take-over.");
  private static final Key<Integer> PARTITIONS =
      KEYS.count(
          "jobs.partitions",
          4,
          1,
          1_000,
          MEDIUM,
          "Partitions of the topics through which jobs go: the most tasks that can share the work. Fixed once the topics exist.");
  private static final Key<Duration> POLL =
      KEYS.millis(
          "poll.ms",
          5,
          1,
          1_000,
          LOW,
          "Longest wait of a thread for new records; a finished call waits as long to be settled. While nothing was committed for 250 ms it is at least 20 ms.");
  private static final Key<Duration> COMMIT =
      KEYS.millis(
          "commit.interval.ms",
          1_000,
          10,
          60_000,
          LOW,
          "Longest time between two commits. Work that was done is committed sooner, see `commit.gap.ms`.");
  private static final Key<Duration> TRANSACTION =
      KEYS.millis(
          "transaction.timeout.ms",
          10_000,
          1_000,
          900_000,
          LOW,
          "After this time the broker aborts a transaction that is still open. Those of an instance that died are ended by others before.");
  private static final Key<Duration> SESSION =
      KEYS.millis(
          "session.timeout.ms",
          10_000,
          1_000,
          1_800_000,
          MEDIUM,
          "After this time the broker gives the work of a silent instance to others. Brokers allow 6 s to 30 min unless set otherwise.");

  private KafkaSection() {}

  static KafkaConfig read(Values values, Map<String, String> client, Problems problems) {
    problems.require(
        values.get(COMMIT).compareTo(values.get(TRANSACTION)) < 0,
        COMMIT,
        "commits must come sooner than the broker aborts a transaction",
        "Set it below transaction.timeout.ms",
        TRANSACTION);
    return new KafkaConfig(
        values.get(SERVERS),
        client,
        values.get(APPLICATION),
        values.get(INSTANCE).orElseGet(KafkaSection::hostName),
        values.get(STATE),
        values.get(THREADS),
        values.get(STANDBYS),
        values.get(PARTITIONS),
        values.get(POLL),
        values.get(COMMIT),
        values.get(TRANSACTION),
        values.get(SESSION));
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName().replaceAll("[^a-zA-Z0-9._-]", "-");
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
