/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.stack;

import io.streambed.cli.cluster.Cluster;
import io.streambed.cli.cluster.TopicAdmin;
import io.streambed.local.Local;
import io.streambed.local.LocalOptions;
import io.streambed.processors.config.ConfigLoader;
import io.streambed.processors.config.StreambedConfig;
import io.streambed.schemas.registry.RegistryConfig;
import io.streambed.schemas.topics.TopicLayout;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/** A broker with the topics, a registry and the Bedrock stand-in, and how to find them. */
public final class LocalStack implements AutoCloseable {
  private final Local local;
  private final Cluster cluster;
  private final Map<String, String> environment;

  private LocalStack(Local local, Cluster cluster, Map<String, String> environment) {
    this.local = local;
    this.cluster = cluster;
    this.environment = environment;
  }

  /**
   * Starts all three and creates the topics that are missing.
   *
   * @param partitions of each topic
   * @param environment further settings of the platform, by their environment variables
   * @throws io.streambed.local.port.PortTakenException if a port is taken
   */
  public static LocalStack start(
      LocalOptions options, int partitions, Map<String, String> environment) {
    Local local = Local.start(options);
    try {
      Map<String, String> all = new TreeMap<>(environment);
      all.put("STREAMBED_KAFKA_BOOTSTRAP_SERVERS", local.kafka().bootstrapServers());
      all.put("STREAMBED_REGISTRY_URLS", local.registry().url());
      all.put("STREAMBED_BEDROCK_ENDPOINT", local.bedrock().url());
      StreambedConfig config = ConfigLoader.local(all).config();
      Cluster cluster =
          new Cluster(
              local.kafka().bootstrapServers(),
              RegistryConfig.of(URI.create(local.registry().url())),
              config.subjects().naming(),
              config.subjects().autoRegister(),
              config.topics(),
              Map.of());
      try (TopicAdmin topics = TopicAdmin.to(cluster)) {
        int jobPartitions = config.kafka().jobsPartitions();
        topics.create(new TopicLayout(partitions, jobPartitions, (short) 1), false);
      }
      return new LocalStack(local, cluster, Map.copyOf(all));
    } catch (RuntimeException e) {
      local.close();
      throw e;
    }
  }

  /** The services themselves. */
  public Local local() {
    return local;
  }

  /** Where they are, for clients. */
  public Cluster cluster() {
    return cluster;
  }

  /** Where they are, as the platform's environment variables. */
  public Map<String, String> environment() {
    return environment;
  }

  /** The packaged profile, pointed at these services. */
  public StreambedConfig config() {
    return ConfigLoader.local(environment).config();
  }

  @Override
  public void close() {
    local.close();
  }
}
