/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.streambed.connectors.request.RequestConfig.Payload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/** A record's value, read as JSON or as one text. */
final class RecordValue {

  private static final String FIELD = "value";

  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private RecordValue() {}

  /**
   * What pointers point into.
   *
   * @throws UnfitValueException if it is of another kind, or no JSON
   */
  static JsonNode json(@Nullable Object value, Payload payload) {
    if (value == null) {
      throw new UnfitValueException(FIELD, "is null; keep such records away with a predicate");
    }
    JsonNode json =
        switch (value) {
          case byte[] bytes -> read(bytes, payload);
          case ByteBuffer buffer -> read(bytes(buffer), payload);
          case String text -> read(text, payload);
          case Map<?, ?> map -> tree(map);
          case Collection<?> items -> tree(items);
          case Number number -> tree(number);
          case Boolean truth -> tree(truth);
          default ->
              throw new UnfitValueException(
                  FIELD,
                  "is a "
                      + value.getClass().getSimpleName()
                      + "; it must be bytes, a string, or JSON without a schema");
        };
    if (json.isMissingNode()) {
      throw new UnfitValueException(FIELD, "is empty");
    }
    return json;
  }

  /** JSON without a schema as text again; nothing if the value is something else. */
  static Optional<String> jsonText(@Nullable Schema schema, @Nullable Object value) {
    boolean json =
        value instanceof Map<?, ?>
            || value instanceof Collection<?>
            || value instanceof Number
            || value instanceof Boolean;
    if (schema != null || !json) {
      return Optional.empty();
    }
    try {
      return Optional.of(MAPPER.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static JsonNode read(byte[] bytes, Payload payload) {
    try {
      return switch (payload) {
        case JSON -> MAPPER.readTree(bytes);
        case TEXT -> TextNode.valueOf(text(bytes));
      };
    } catch (CharacterCodingException e) {
      throw new UnfitValueException(FIELD, "is no text in UTF-8 (" + bytes.length + " bytes)");
    } catch (IOException e) {
      // The message quotes the value.
      throw new UnfitValueException(FIELD, "is no JSON (" + bytes.length + " bytes)");
    }
  }

  private static JsonNode read(String text, Payload payload) {
    try {
      return switch (payload) {
        case JSON -> MAPPER.readTree(text);
        case TEXT -> TextNode.valueOf(text);
      };
    } catch (JsonProcessingException e) {
      // The message quotes the value.
      throw new UnfitValueException(FIELD, "is no JSON (" + text.length() + " characters)");
    }
  }

  private static JsonNode tree(Object value) {
    try {
      return MAPPER.valueToTree(value);
    } catch (IllegalArgumentException e) {
      throw new UnfitValueException(FIELD, "holds something that JSON does not know");
    }
  }

  private static String text(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
