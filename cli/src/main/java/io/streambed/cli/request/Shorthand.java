/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The short ways to write a prompt: {@code prompt} for one text of the user, a text for {@code
 * system}, for a message's {@code content} and for a block of it.
 */
final class Shorthand {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Shorthand() {}

  /** Rewrites the short ways in place to what the schema says. */
  static void expand(ObjectNode line) throws BadFieldException {
    JsonNode prompt = line.remove("prompt");
    if (prompt != null) {
      if (line.has("messages")) {
        throw BadFieldException.at("prompt", "say either `prompt` or `messages`, not both");
      }
      if (!prompt.isTextual()) {
        throw BadFieldException.at("prompt", "must be a text, is " + AvroFromJson.kind(prompt));
      }
      line.putArray("messages").addObject().put("role", "USER").set("content", blocks(prompt));
    }
    if (line.has("system")) {
      line.set("system", blocks(line.get("system")));
    }
    for (JsonNode message : line.path("messages")) {
      if (message instanceof ObjectNode object && object.has("content")) {
        object.set("content", blocks(object.get("content")));
      }
    }
  }

  /** A text becomes a list of one text block; texts in a list become text blocks. */
  private static JsonNode blocks(JsonNode node) {
    if (node.isTextual()) {
      return JSON.arrayNode().add(block(node));
    }
    if (!node.isArray()) {
      return node;
    }
    ArrayNode blocks = JSON.arrayNode();
    node.forEach(piece -> blocks.add(piece.isTextual() ? block(piece) : piece));
    return blocks;
  }

  private static ObjectNode block(JsonNode text) {
    return JSON.objectNode().set("text", text);
  }
}
