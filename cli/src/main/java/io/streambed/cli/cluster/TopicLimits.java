/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** How large the records are that topics take. For one thread. */
public final class TopicLimits implements AutoCloseable {
  private final KafkaAccess kafka;
  private final Admin admin;
  private final Map<String, OptionalInt> known = new HashMap<>();

  private TopicLimits(KafkaAccess kafka, Admin admin) {
    this.kafka = kafka;
    this.admin = admin;
  }

  /** Opens a look at the topics. */
  public static TopicLimits open(KafkaAccess kafka) {
    return new TopicLimits(kafka, kafka.admin());
  }

  /**
   * Bytes of the largest batch of records that a topic takes; empty where there is no such topic.
   */
  public OptionalInt of(String topic) {
    return known.computeIfAbsent(topic, this::ask);
  }

  private OptionalInt ask(String topic) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    // A broker describes the defaults of a topic that it does not know.
    if (!kafka.await(admin.listTopics().names()).contains(topic)) {
      return OptionalInt.empty();
    }
    Config config =
        Objects.requireNonNull(
            kafka.await(admin.describeConfigs(List.of(resource)).all()).get(resource));
    return OptionalInt.of(
        Integer.parseInt(config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value()));
  }

  @Override
  public void close() {
    admin.close();
  }
}
