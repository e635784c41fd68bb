/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.show;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/**
 * A record as plain JSON: fields by their names in the schema, times in ISO 8601, bytes in Base64,
 * nothing for a field that is absent.
 */
public final class AvroJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private AvroJson() {}

  /** The record as a JSON object. */
  public static ObjectNode of(SpecificRecordBase value) {
    ObjectNode made = JSON.objectNode();
    for (Schema.Field field : value.getSchema().getFields()) {
      Object held = value.get(field.pos());
      if (held != null) {
        made.set(field.name(), node(held));
      }
    }
    return made;
  }

  private static JsonNode node(@Nullable Object value) {
    return switch (value) {
      case null -> JSON.nullNode();
      case SpecificRecordBase inner -> of(inner);
      case Collection<?> many -> list(many);
      case Map<?, ?> map -> object(map);
      case ByteBuffer bytes -> JSON.textNode(base64(bytes));
      case Integer number -> JSON.numberNode(number);
      case Long number -> JSON.numberNode(number);
      case Float number -> JSON.numberNode(number);
      case Double number -> JSON.numberNode(number);
      case Boolean truth -> JSON.booleanNode(truth);
      // Texts, enum symbols, and times and dates, which write themselves in ISO 8601.
      default -> JSON.textNode(value.toString());
    };
  }

  private static ArrayNode list(Collection<?> many) {
    ArrayNode made = JSON.arrayNode();
    many.forEach(one -> made.add(node(one)));
    return made;
  }

  private static ObjectNode object(Map<?, ?> map) {
    ObjectNode made = JSON.objectNode();
    map.forEach((key, value) -> made.set(String.valueOf(key), node(value)));
    return made;
  }

  private static String base64(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return Base64.getEncoder().encodeToString(copy);
  }
}
