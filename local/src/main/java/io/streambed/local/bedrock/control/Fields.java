/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads the fields of a request's body and says which one is wrong.
 *
 * @param body the body
 */
record Fields(ObjectNode body) {

  /** Refuses fields that mean nothing here. */
  Fields only(Set<String> known) {
    body.fieldNames()
        .forEachRemaining(name -> {
          if (!known.contains(name)) {
            throw new InvalidFieldException(name, "is unknown; the fields are " + sorted(known));
          }
        });
    return this;
  }

  String text(String name) {
    return optionalText(name).orElseThrow(() -> new InvalidFieldException(name, "is missing"));
  }

  Optional<String> optionalText(String name) {
    JsonNode node = body.path(name);
    if (node.isMissingNode()) {
      return Optional.empty();
    }
    if (!node.isTextual() || node.asText().isEmpty()) {
      throw new InvalidFieldException(name, "must be a text that is not empty");
    }
    return Optional.of(node.asText());
  }

  OptionalLong optionalCount(String name) {
    JsonNode node = body.path(name);
    if (node.isMissingNode()) {
      return OptionalLong.empty();
    }
    if (!node.canConvertToLong() || !node.isIntegralNumber() || node.asLong() < 0) {
      throw new InvalidFieldException(name, "must be a whole number from 0");
    }
    return OptionalLong.of(node.asLong());
  }

  int count(String name, int otherwise) {
    long count = optionalCount(name).orElse(otherwise);
    if (count > Integer.MAX_VALUE) {
      throw new InvalidFieldException(name, "must be at most " + Integer.MAX_VALUE);
    }
    return (int) count;
  }

  Duration millis(String name) {
    return Duration.ofMillis(
        optionalCount(name)
            .orElseThrow(() -> new InvalidFieldException(name, "is missing; milliseconds")));
  }

  double number(String name, double least, double most) {
    JsonNode node = body.path(name);
    if (!node.isNumber() || node.asDouble() < least || node.asDouble() > most) {
      throw new InvalidFieldException(name, "must be a number from " + least + " to " + most);
    }
    return node.asDouble();
  }

  Map<String, String> texts(String name) {
    JsonNode node = body.path(name);
    if (!node.isMissingNode() && !node.isObject()) {
      throw new InvalidFieldException(name, "must be an object of texts");
    }
    Map<String, String> texts = new HashMap<>();
    node.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
    return texts;
  }

  boolean has(String name) {
    return body.has(name);
  }

  private static String sorted(Set<String> names) {
    return String.join(", ", names.stream().sorted().toList());
  }
}
