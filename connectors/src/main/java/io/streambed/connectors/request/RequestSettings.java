/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.request;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/** Names, defaults and texts of the transform's settings. */
final class RequestSettings {

  /** Names that begin so belong to Streambed. */
  static final String RESERVED = "streambed";

  private static final String GENERAL = "Request";
  private static final String POINTERS = "Fields";
  private static final String FIXED = "Constants";

  private static final ConfigDef.Validator POINTER =
      ConfigDef.LambdaValidator.with(
          RequestSettings::checkPointer, () -> "a JSON pointer such as /order/id");

  static final ConfigDef DEFINITION = fields(general(new ConfigDef()));

  private RequestSettings() {}

  private static ConfigDef general(ConfigDef settings) {
    int order = 0;
    return settings
        .define(
            RequestConfig.REQUEST,
            Type.STRING,
            ConfigDef.NO_DEFAULT_VALUE,
            ConfigDef.CaseInsensitiveValidString.in("prompt", "embedding"),
            Importance.HIGH,
            "What is asked for: prompt or embedding. The records' topic should be the one of such requests.",
            GENERAL,
            ++order,
            Width.MEDIUM,
            "Request",
            new Choice(List.of("prompt", "embedding")))
        .define(
            RequestConfig.PAYLOAD,
            Type.STRING,
            "json",
            ConfigDef.CaseInsensitiveValidString.in("json", "text"),
            Importance.MEDIUM,
            "What values are: JSON, or text that is one string for the pointers, so that the empty pointer means all of it.",
            GENERAL,
            ++order,
            Width.MEDIUM,
            "Values",
            new Choice(List.of("json", "text")))
        .define(
            RequestConfig.KEY,
            Type.STRING,
            null,
            POINTER,
            Importance.MEDIUM,
            "JSON pointer to the record's new key. Without it the key stays as it is.",
            GENERAL,
            ++order,
            Width.MEDIUM,
            "Key")
        .define(
            RequestConfig.HEADERS,
            Type.LIST,
            List.of(),
            ConfigDef.LambdaValidator.with(
                RequestSettings::checkHeaders, () -> "names and JSON pointers: name=/pointer"),
            Importance.MEDIUM,
            "Headers to add, as name=/pointer with commas between them. Streambed copies a request's headers to its result: a trace, or an id of the caller's own. What is not there adds nothing.",
            GENERAL,
            ++order,
            Width.LONG,
            "Headers")
        .define(
            RequestConfig.ERRORS_TOPIC,
            Type.STRING,
            null,
            Importance.HIGH,
            "Topic for records that cannot become a request, as they came, with headers that say why: streambed.error.field and streambed.error.reason. Connect's own dead letter queue is for sinks alone. Without a topic such a record fails, and errors.tolerance says whether it stops the task or is dropped.",
            GENERAL,
            ++order,
            Width.MEDIUM,
            "Topic of errors");
  }

  private static ConfigDef fields(ConfigDef settings) {
    Map<String, RequestField> all = new LinkedHashMap<>();
    Map<String, String> kinds = new LinkedHashMap<>();
    for (RequestKind kind : RequestKind.values()) {
      kind.fields()
          .forEach((name, field) -> {
            all.putIfAbsent(name, field);
            kinds.merge(name, kind.name().toLowerCase(Locale.ROOT), (one, two) -> one + ", " + two);
          });
    }
    int order = 0;
    for (RequestField field : all.values()) {
      order++;
      Importance importance = field.mandatory() ? Importance.HIGH : Importance.LOW;
      String of = " (" + kinds.get(field.name()) + ")";
      settings.define(
          RequestConfig.FIELDS + field.name(),
          Type.STRING,
          null,
          POINTER,
          importance,
          "JSON pointer to: " + field.doc() + of,
          POINTERS,
          order,
          Width.MEDIUM,
          field.name());
      settings.define(
          RequestConfig.CONSTANTS + field.name(),
          Type.STRING,
          null,
          Importance.LOW,
          (field.structured() ? "In JSON, where" : "Where")
              + " the value has none: "
              + field.doc()
              + of,
          FIXED,
          order,
          Width.MEDIUM,
          field.name());
    }
    return settings;
  }

  private static void checkPointer(String name, Object value) {
    if (value != null) {
      try {
        JsonPointer.compile(value.toString());
      } catch (IllegalArgumentException e) {
        throw new ConfigException(
            name, value, "is no JSON pointer; it must be empty or begin with a slash");
      }
    }
  }

  private static void checkHeaders(String name, Object value) {
    if (value instanceof List<?> entries) {
      for (Object entry : entries) {
        String text = entry.toString();
        int equals = text.indexOf('=');
        if (equals < 1) {
          throw new ConfigException(name, entry, "must look like traceparent=/trace/parent");
        }
        if (text.startsWith(RESERVED)) {
          throw new ConfigException(
              name, entry, "names that begin with " + RESERVED + " are reserved; choose another");
        }
        checkPointer(name, text.substring(equals + 1).strip());
      }
    }
  }

  /** A closed list, for user interfaces. */
  private record Choice(List<Object> values) implements ConfigDef.Recommender {
    @Override
    public List<Object> validValues(String name, Map<String, Object> settings) {
      return values;
    }

    @Override
    public boolean visible(String name, Map<String, Object> settings) {
      return true;
    }
  }
}
