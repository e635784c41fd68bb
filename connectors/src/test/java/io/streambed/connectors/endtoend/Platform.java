/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.endtoend;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.streambed.local.Local;
import io.streambed.local.LocalOptions;
import io.streambed.processors.Streambed;
import io.streambed.processors.config.ConfigLoader;
import io.streambed.schemas.topics.TopicLayout;
import io.streambed.schemas.topics.TopicProvisioner;
import io.streambed.schemas.topics.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** Streambed with Kafka, a registry and the stand-in for Bedrock, all in this JVM. */
record Platform(Local local, Streambed streambed) implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** As many as the packaged profile has for jobs. */
  private static final int PARTITIONS = 4;

  static Platform start(Path state) throws InterruptedException {
    Local local = Local.start(LocalOptions.ephemeral());
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", local.kafka().bootstrapServers()))) {
      new TopicProvisioner(admin, Topics.defaults())
          .create(new TopicLayout(PARTITIONS, PARTITIONS, (short) 1), false)
          .join();
    }
    Map<String, String> environment =
        Map.of(
            "STREAMBED_KAFKA_BOOTSTRAP_SERVERS", local.kafka().bootstrapServers(),
            "STREAMBED_REGISTRY_URLS", local.registry().url(),
            "STREAMBED_BEDROCK_ENDPOINT", local.bedrock().url(),
            "STREAMBED_STATE_DIR", state.toString(),
            "STREAMBED_OPS_ENABLED", "false");
    Streambed streambed =
        Streambed.start(ConfigLoader.local(environment).config(), new SimpleMeterRegistry());
    if (!streambed.awaitRunning(LIMIT)) {
      throw new AssertionError("the platform does not run: " + streambed.state());
    }
    return new Platform(local, streambed);
  }

  String kafka() {
    return local.kafka().bootstrapServers();
  }

  String registry() {
    return local.registry().url();
  }

  /** Calls of models so far. */
  int calls() {
    return local.bedrock().ledger().calls().size();
  }

  @Override
  public void close() {
    streambed.close();
    local.close();
  }
}
