/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.kafka;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How the broker is started.
 *
 * @param host address to listen on and to advertise
 * @param port port for clients; 0 picks a free one
 * @param dataDir where the logs are kept; absent means a temporary folder, deleted on close
 * @param startLimit longest time a start may take
 * @param settings of the broker, in place of those that it would have here
 */
public record KafkaOptions(
    String host,
    int port,
    Optional<Path> dataDir,
    Duration startLimit,
    Map<String, String> settings) {

  /** Port that Kafka uses by custom. */
  public static final int CUSTOMARY_PORT = 9092;

  /** A broker for one test: a free port on the loopback address, data deleted on close. */
  public static KafkaOptions ephemeral() {
    return new KafkaOptions("127.0.0.1", 0, Optional.empty(), Duration.ofSeconds(30), Map.of());
  }

  /** The same with another address. */
  public KafkaOptions withHost(String newHost) {
    return new KafkaOptions(newHost, port, dataDir, startLimit, settings);
  }

  /** The same with another port. */
  public KafkaOptions withPort(int newPort) {
    return new KafkaOptions(host, newPort, dataDir, startLimit, settings);
  }

  /** The same with data that outlives the process. */
  public KafkaOptions withDataDir(Path newDataDir) {
    return new KafkaOptions(host, port, Optional.of(newDataDir), startLimit, settings);
  }

  /** The same with settings of the broker's own, such as those of a stock broker. */
  public KafkaOptions withSettings(Map<String, String> newSettings) {
    return new KafkaOptions(host, port, dataDir, startLimit, Map.copyOf(newSettings));
  }
}
