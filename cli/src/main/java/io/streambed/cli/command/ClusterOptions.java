/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import io.streambed.cli.cluster.Cluster;
import java.net.URI;
import picocli.CommandLine.Option;

/** Where Kafka and the registry are, for every command that talks to them. */
final class ClusterOptions {
  static final int JOB_PARTITIONS = 6;

  @Option(
      names = "--bootstrap-server",
      paramLabel = "HOST:PORT",
      defaultValue = Cluster.DEFAULT_BOOTSTRAP,
      description = "Kafka's address, or several separated by commas. Default: ${DEFAULT-VALUE}.")
  private String bootstrapServer;

  @Option(
      names = "--registry",
      paramLabel = "URL",
      defaultValue = Cluster.DEFAULT_REGISTRY,
      description = "The schema registry's address. Default: ${DEFAULT-VALUE}.")
  private URI registry;

  int jobPartitions() {
    return JOB_PARTITIONS;
  }

  Cluster cluster() {
    try {
      return Cluster.at(bootstrapServer, registry);
    } catch (IllegalArgumentException e) {
      throw CommandFailedException.usage(String.valueOf(e.getMessage()));
    }
  }
}
