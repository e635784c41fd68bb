/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import io.streambed.cli.cluster.Cluster;
import io.streambed.processors.config.StreambedConfig;
import io.streambed.schemas.registry.RegistryConfig;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where Kafka and the registry are, for every command that talks to them. */
final class ClusterOptions {
  @Option(
      names = "--bootstrap-server",
      paramLabel = "HOST:PORT",
      description = "Kafka's address, or several separated by commas, in place of the settings'.")
  private @Nullable String bootstrapServer;

  @Option(
      names = "--registry",
      paramLabel = "URL",
      description = "The schema registry's address, in place of the settings'.")
  private @Nullable URI registry;

  @Mixin private ConfigOptions config;

  /** The settings, with the addresses that were given. */
  Cluster cluster() throws NoSuchFileException {
    StreambedConfig settings = config.load().config();
    try {
      return new Cluster(
          bootstrapServer == null ? settings.kafka().bootstrapServers() : bootstrapServer,
          registry == null ? settings.registry() : RegistryConfig.of(registry),
          settings.subjects().naming(),
          settings.subjects().autoRegister(),
          settings.topics(),
          settings.kafka().client());
    } catch (IllegalArgumentException e) {
      throw CommandFailedException.usage("--registry: " + e.getMessage());
    }
  }

  /** All settings. */
  StreambedConfig settings() throws NoSuchFileException {
    return config.load().config();
  }

  /** Partitions of the platform's internal jobs topic. */
  int jobPartitions() throws NoSuchFileException {
    return config.load().config().kafka().jobsPartitions();
  }
}
