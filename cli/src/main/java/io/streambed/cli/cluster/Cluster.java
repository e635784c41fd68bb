/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.cluster;

import io.streambed.schemas.registry.RegistryConfig;
import io.streambed.schemas.serdes.SubjectNaming;
import io.streambed.schemas.topics.Topics;
import java.net.URI;
import java.util.Map;

/**
 * Where Kafka and the registry are, and what the topics are called.
 *
 * @param bootstrapServers Kafka's addresses, {@code host:port} separated by commas
 * @param registry the schema registry
 * @param naming under which subjects the schemas stand
 * @param autoRegister whether schemas are registered when the registry does not have them
 * @param topics the topics' names
 * @param kafka further settings of Kafka's clients, such as security; may hold secrets
 */
public record Cluster(
    String bootstrapServers,
    RegistryConfig registry,
    SubjectNaming naming,
    boolean autoRegister,
    Topics topics,
    Map<String, String> kafka) {

  /** Kafka's customary port on this machine. */
  public static final String DEFAULT_BOOTSTRAP = "localhost:9092";

  /** The registry's customary port on this machine. */
  public static final String DEFAULT_REGISTRY = "http://localhost:8081";

  public Cluster {
    kafka = Map.copyOf(kafka);
  }

  /** Addresses as given, everything else by default. */
  public static Cluster at(String bootstrapServers, URI registry) {
    return new Cluster(
        bootstrapServers,
        RegistryConfig.of(registry),
        SubjectNaming.TOPIC_NAME,
        true,
        Topics.defaults(),
        Map.of());
  }

  /** Without the settings: they may hold secrets. */
  @Override
  public String toString() {
    return "Cluster[" + bootstrapServers + "]";
  }
}
