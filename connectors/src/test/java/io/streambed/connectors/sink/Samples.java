/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import io.streambed.connectors.kpl.UserRecord;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** Records and settings for tests. */
final class Samples {

  static final TopicPartition ORDERS = new TopicPartition("orders", 0);

  private Samples() {}

  /** Settings with a stream named "s" and these. */
  static KinesisSinkConfig config(String... namesAndValues) {
    return new KinesisSinkConfig(settings(namesAndValues));
  }

  static Map<String, String> settings(String... namesAndValues) {
    Map<String, String> settings = new HashMap<>();
    settings.put("stream", "s");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      settings.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return settings;
  }

  /** A record of texts in {@link #ORDERS}. */
  static SinkRecord text(long offset, @Nullable String key, @Nullable String value) {
    return record(offset, Schema.OPTIONAL_STRING_SCHEMA, key, Schema.OPTIONAL_STRING_SCHEMA, value);
  }

  static SinkRecord record(
      long offset,
      @Nullable Schema keySchema,
      @Nullable Object key,
      @Nullable Schema valueSchema,
      @Nullable Object value) {
    return new SinkRecord(
        ORDERS.topic(), ORDERS.partition(), keySchema, key, valueSchema, value, offset);
  }

  /** What is to be sent of a record in {@link #ORDERS}. */
  static Outgoing outgoing(String key, long offset, String data, long taken) {
    return Outgoing.of(
        new Origin(ORDERS, offset), "s", new UserRecord(key, Optional.empty(), bytes(data)), taken);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
