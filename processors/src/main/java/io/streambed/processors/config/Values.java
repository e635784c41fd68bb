/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.jspecify.annotations.Nullable;

/**
 * Parsed values; a key whose value is wrong has its default, so that the others are checked too.
 */
final class Values {

  private static final Pattern USER_INFO = Pattern.compile("//[^/\\s,]*@");

  private final Map<String, Object> parsed;

  private Values(Map<String, Object> parsed) {
    this.parsed = parsed;
  }

  <T> T get(Key<T> key) {
    return key.of(parsed);
  }

  /** Parses and checks each value by itself. */
  static Values parse(List<Keys> groups, Map<String, String> given, Problems problems) {
    Map<String, ConfigValue> values = ConfigReference.definition(groups).validateAll(given);
    Map<String, Object> parsed = new HashMap<>();
    for (Keys group : groups) {
      for (Key<?> key : group.declared()) {
        ConfigValue value = values.get(key.name());
        if (value != null && value.errorMessages().isEmpty()) {
          put(parsed, key, value.value());
        } else if (value != null) {
          problems.add(
              key.name(),
              shown(key, given.getOrDefault(key.name(), "")),
              problem(key, value.errorMessages().getFirst()),
              "Give " + expected(key));
          put(parsed, key, ConfigDef.parseType(key.name(), key.preset(), key.type()));
        }
      }
    }
    return new Values(parsed);
  }

  /** A value as it may be shown. */
  static String shown(Key<?> key, String value) {
    return key.secret() && !value.isEmpty()
        ? "[hidden]"
        : USER_INFO.matcher(value).replaceAll("//[hidden]@");
  }

  /** What a key takes, for people. */
  static String expected(Key<?> key) {
    ConfigDef.Validator validator = key.validator();
    String type =
        switch (key.type()) {
          case BOOLEAN -> "true or false";
          case INT, LONG, SHORT -> "a whole number";
          case DOUBLE -> "a number";
          case PASSWORD -> "a secret";
          case STRING -> validator == null ? "text" : "";
          case LIST, CLASS -> "";
        };
    if (validator == null) {
      return type;
    }
    return type.isEmpty() ? validator.toString() : type + ", " + validator;
  }

  /** Kafka's message without the value, which may be a secret, and without the key. */
  private static String problem(Key<?> key, String message) {
    String before = " for configuration " + key.name() + ": ";
    int at = message.lastIndexOf(before);
    if (at < 0 || key.secret()) {
      return "this value cannot be used";
    }
    String rest = message.substring(at + before.length());
    return rest.substring(0, 1).toLowerCase(Locale.ROOT) + rest.substring(1);
  }

  private static void put(Map<String, Object> parsed, Key<?> key, @Nullable Object value) {
    if (value != null) {
      parsed.put(key.name(), value);
    }
  }
}
