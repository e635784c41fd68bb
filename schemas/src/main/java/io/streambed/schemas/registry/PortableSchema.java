/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;

/** Schemas as programs of any language should see them. */
public final class PortableSchema {

  private static final ObjectMapper JSON = new ObjectMapper();

  private PortableSchema() {}

  /**
   * The schema's JSON on one line, without the properties that concern only Java's generated
   * classes.
   */
  public static String text(Schema schema) {
    try {
      return JSON.writeValueAsString(stripped(JSON.readTree(schema.toString())));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same over several lines, for people. */
  public static String prettyText(Schema schema) {
    try {
      return JSON.writerWithDefaultPrettyPrinter()
          .writeValueAsString(stripped(JSON.readTree(schema.toString())));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode stripped(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove("avro.java.string");
      object.propertyStream().forEach(field -> field.setValue(stripped(field.getValue())));
      boolean onlyType = object.size() == 1 && object.path("type").isTextual();
      return onlyType ? object.get("type") : object;
    }
    if (node.isArray()) {
      var array = JSON.createArrayNode();
      node.forEach(item -> array.add(stripped(item)));
      return array;
    }
    return node;
  }
}
