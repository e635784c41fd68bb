/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.streambed.local.bedrock.wire.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** A value that a JSON schema allows, filled with words of the prompt. */
final class JsonExample {
  /** Schemas may refer to themselves. */
  private static final int MAX_DEPTH = 12;

  private final JsonNode root;
  private final List<String> words;
  private final RandomGenerator random;

  JsonExample(JsonNode root, List<String> words, RandomGenerator random) {
    this.root = root;
    this.words = words;
    this.random = random;
  }

  /** A value of the whole schema. */
  JsonNode value() {
    return value(root, 0);
  }

  private JsonNode value(JsonNode schema, int depth) {
    if (schema.has("$ref")) {
      String pointer = schema.get("$ref").asText();
      JsonNode target =
          pointer.startsWith("#/") ? root.at(pointer.substring(1)) : NullNode.instance;
      return depth > MAX_DEPTH ? NullNode.instance : value(target, depth + 1);
    }
    if (schema.has("const")) {
      return schema.get("const");
    }
    if (schema.path("enum").size() > 0) {
      return schema.get("enum").get(random.nextInt(schema.get("enum").size()));
    }
    for (String choice : List.of("anyOf", "oneOf", "allOf")) {
      if (schema.path(choice).size() > 0) {
        return value(schema.get(choice).get(0), depth + 1);
      }
    }
    return switch (type(schema)) {
      case "object" -> object(schema, depth);
      case "array" -> array(schema, depth);
      case "integer" -> LongNode.valueOf(number(schema, 1 + random.nextInt(100)).longValue());
      case "number" ->
          DecimalNode.valueOf(number(schema, BigDecimal.valueOf(random.nextInt(1000), 2)));
      case "boolean" -> BooleanNode.valueOf(random.nextBoolean());
      case "null" -> NullNode.instance;
      default -> text(schema);
    };
  }

  private static String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    if (type.isArray() && !type.isEmpty()) {
      return type.get(0).asText();
    }
    return type.asText(schema.has("properties") ? "object" : "string");
  }

  private ObjectNode object(JsonNode schema, int depth) {
    ObjectNode object = Json.object();
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      if (depth < MAX_DEPTH || isRequired(schema, property.getKey())) {
        object.set(property.getKey(), value(property.getValue(), depth + 1));
      }
    }
    return object;
  }

  private static boolean isRequired(JsonNode schema, String property) {
    for (JsonNode name : schema.path("required")) {
      if (name.asText().equals(property)) {
        return true;
      }
    }
    return false;
  }

  private ArrayNode array(JsonNode schema, int depth) {
    ArrayNode array = Json.object().arrayNode();
    int size = Math.max(schema.path("minItems").asInt(1), depth < MAX_DEPTH ? 1 : 0);
    for (int i = 0; i < size; i++) {
      array.add(value(schema.path("items"), depth + 1));
    }
    return array;
  }

  private static BigDecimal number(JsonNode schema, long proposed) {
    return number(schema, BigDecimal.valueOf(proposed));
  }

  private static BigDecimal number(JsonNode schema, BigDecimal proposed) {
    BigDecimal value = proposed;
    if (schema.has("minimum")) {
      value = value.max(schema.get("minimum").decimalValue());
    }
    if (schema.has("exclusiveMinimum")) {
      value = value.max(schema.get("exclusiveMinimum").decimalValue().add(BigDecimal.ONE));
    }
    if (schema.has("maximum")) {
      value = value.min(schema.get("maximum").decimalValue());
    }
    return value;
  }

  private TextNode text(JsonNode schema) {
    String text =
        switch (schema.path("format").asText()) {
          case "date" -> "2026-01-15";
          case "date-time" -> "2026-01-15T09:30:00Z";
          case "email" -> "someone@example.com";
          case "uri" -> "https://example.com/";
          default -> words.get(random.nextInt(words.size()));
        };
    StringBuilder padded = new StringBuilder(text);
    while (padded.length() < schema.path("minLength").asInt(0)) {
      padded.append(' ').append(words.get(random.nextInt(words.size())));
    }
    int most = Math.min(padded.length(), schema.path("maxLength").asInt(Integer.MAX_VALUE));
    return TextNode.valueOf(padded.substring(0, most));
  }
}
