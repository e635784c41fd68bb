/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local;

import io.streambed.local.bedrock.BedrockOptions;
import io.streambed.local.bedrock.latency.Latency;
import io.streambed.local.kafka.KafkaOptions;
import io.streambed.local.registry.RegistryOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How the three services are started. A port of 0 picks a free one.
 *
 * @param host address to listen on
 * @param kafkaPort port of the broker
 * @param registryPort port of the schema registry
 * @param bedrockPort port of the stand-in for Bedrock
 * @param dataDir where the broker keeps its data; absent means a temporary folder, deleted on close
 * @param latency how long the stand-in's models take
 */
public record LocalOptions(
    String host,
    int kafkaPort,
    int registryPort,
    int bedrockPort,
    Optional<Path> dataDir,
    Latency latency) {

  private static final String LOOPBACK = "127.0.0.1";

  /** For one test: free ports on the loopback address, answers at once, data deleted on close. */
  public static LocalOptions ephemeral() {
    return new LocalOptions(LOOPBACK, 0, 0, 0, Optional.empty(), Latency.NONE);
  }

  /**
   * For trying: Kafka on 9092, registry on 8081 and Bedrock on 8000 of the loopback address, models
   * that take about as long as small real ones, data deleted on close.
   */
  public static LocalOptions fixedPorts() {
    return new LocalOptions(
        LOOPBACK,
        KafkaOptions.CUSTOMARY_PORT,
        RegistryOptions.CUSTOMARY_PORT,
        BedrockOptions.CUSTOMARY_PORT,
        Optional.empty(),
        new Latency.PerToken(Duration.ofMillis(200), Duration.ofMillis(5)));
  }

  /** The same on another address. */
  public LocalOptions withHost(String newHost) {
    return new LocalOptions(newHost, kafkaPort, registryPort, bedrockPort, dataDir, latency);
  }

  /** The same with another port of the broker. */
  public LocalOptions withKafkaPort(int port) {
    return new LocalOptions(host, port, registryPort, bedrockPort, dataDir, latency);
  }

  /** The same with another port of the registry. */
  public LocalOptions withRegistryPort(int port) {
    return new LocalOptions(host, kafkaPort, port, bedrockPort, dataDir, latency);
  }

  /** The same with another port of the stand-in. */
  public LocalOptions withBedrockPort(int port) {
    return new LocalOptions(host, kafkaPort, registryPort, port, dataDir, latency);
  }

  /** The same with the broker's data in a folder that stays. */
  public LocalOptions withDataDir(Path newDataDir) {
    return new LocalOptions(
        host, kafkaPort, registryPort, bedrockPort, Optional.of(newDataDir), latency);
  }

  /** The same with another latency of the models. */
  public LocalOptions withLatency(Latency newLatency) {
    return new LocalOptions(host, kafkaPort, registryPort, bedrockPort, dataDir, newLatency);
  }

  KafkaOptions kafka() {
    KafkaOptions kafka = KafkaOptions.ephemeral().withHost(host).withPort(kafkaPort);
    return dataDir.map(kafka::withDataDir).orElse(kafka);
  }

  RegistryOptions registry() {
    return RegistryOptions.ephemeral().withHost(host).withPort(registryPort);
  }

  BedrockOptions bedrock() {
    return BedrockOptions.ephemeral().withHost(host).withPort(bedrockPort).withLatency(latency);
  }
}
