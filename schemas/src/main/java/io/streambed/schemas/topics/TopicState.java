/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.topics;

import java.util.Map;

/** A topic of the catalogue as the cluster has it. */
public sealed interface TopicState {

  TopicSpec spec();

  /** There is no such topic. */
  record Missing(TopicSpec spec) implements TopicState {}

  /**
   * It exists.
   *
   * @param settings all topic settings in force, by Kafka's names
   */
  record Present(TopicSpec spec, int partitions, int replication, Map<String, String> settings)
      implements TopicState {

    public Present {
      settings = Map.copyOf(settings);
    }

    /** Largest record batch that the topic takes, in bytes. */
    public int maxMessageBytes() {
      return Integer.parseInt(
          settings.getOrDefault("max.message.bytes", Integer.toString(1024 * 1024)));
    }
  }
}
