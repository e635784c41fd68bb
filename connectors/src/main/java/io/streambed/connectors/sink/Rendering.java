/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.json.DecimalFormat;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.json.JsonConverterConfig;
import org.jspecify.annotations.Nullable;

/**
 * Connect's data as text and bytes. JSON is as Connect's own JsonConverter writes it without
 * schemas, decimals as numbers. Of one thread.
 */
final class Rendering {

  private final JsonConverter converter = new JsonConverter();

  Rendering() {
    converter.configure(
        Map.of(
            JsonConverterConfig.SCHEMAS_ENABLE_CONFIG,
            false,
            JsonConverterConfig.DECIMAL_FORMAT_CONFIG,
            DecimalFormat.NUMERIC.name()),
        false);
  }

  /**
   * As JSON.
   *
   * @param schema null for data without one
   * @throws RuntimeException of Connect's or Jackson's if it cannot be; its message can hold data
   */
  byte[] json(@Nullable Schema schema, Object value) {
    return converter.fromConnectData("", schema, value);
  }

  /** Strings and bytes as they are, everything else as JSON. */
  byte[] bytes(@Nullable Schema schema, Object value) {
    if (value instanceof CharSequence text) {
      return text.toString().getBytes(StandardCharsets.UTF_8);
    }
    if (value instanceof byte[] bytes) {
      return bytes;
    }
    if (value instanceof ByteBuffer buffer) {
      return bytes(buffer);
    }
    return json(schema, value);
  }

  /** The same as text: bytes that are no UTF-8 in Base64. */
  String text(@Nullable Schema schema, Object value) {
    if (value instanceof CharSequence text) {
      return text.toString();
    }
    byte[] bytes = bytes(schema, value);
    return utf8(bytes).orElseGet(() -> Base64.getEncoder().encodeToString(bytes));
  }

  /** Nothing if the bytes are no UTF-8. */
  static Optional<String> utf8(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
