/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.topics;

import java.util.Map;
import org.apache.avro.Schema;

/**
 * What a topic is for and how it should be set up.
 *
 * @param key what its records are keyed by, in words
 * @param holds what its records are, in words
 * @param value schema of its values
 * @param encoding how its values are coded
 * @param settings topic settings by Kafka's names; {@code min.insync.replicas} follows from the
 *     replication at creation
 */
public record TopicSpec(
    String name,
    String key,
    String holds,
    Schema value,
    ValueEncoding encoding,
    Map<String, String> settings) {

  /** How values are coded. */
  public enum ValueEncoding {
    /** In the registry's wire format, for everybody. */
    REGISTRY,
    /** In Avro's single-object encoding, for Streambed alone. */
    INTERNAL
  }

  public TopicSpec {
    settings = Map.copyOf(settings);
  }
}
