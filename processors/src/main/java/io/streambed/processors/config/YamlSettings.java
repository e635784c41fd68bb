/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Flattens YAML to dotted keys; scalars keep the text that was written, so 1.10 is not 1.1. */
final class YamlSettings {

  private final String name;
  private final JsonParser parser;
  private final Map<String, String> settings = new LinkedHashMap<>();

  YamlSettings(String name, JsonParser parser) {
    this.name = name;
    this.parser = parser;
  }

  Map<String, String> read() throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      return settings;
    }
    if (first != JsonToken.START_OBJECT) {
      throw wrong("the file is not a mapping", "Write key: value");
    }
    mapping("");
    return settings;
  }

  private void mapping(String prefix) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = prefix + parser.currentName();
      JsonToken value = parser.nextToken();
      if (value == JsonToken.START_OBJECT) {
        mapping(key + ".");
      } else if (value == JsonToken.START_ARRAY) {
        put(key, list(key));
      } else if (value != JsonToken.VALUE_NULL) {
        put(key, parser.getText());
      }
    }
  }

  private String list(String key) throws IOException {
    List<String> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (!parser.currentToken().isScalarValue()) {
        throw wrong(key + " holds a list of more than plain values", "List plain values");
      }
      items.add(parser.getText());
    }
    return String.join(",", items);
  }

  private void put(String key, String value) {
    if (settings.put(key, value) != null) {
      throw wrong(key + " is there twice", "Remove one of them");
    }
  }

  private InvalidConfigException wrong(String problem, String fix) {
    return InvalidConfigException.unreadable(name, problem, fix);
  }
}
