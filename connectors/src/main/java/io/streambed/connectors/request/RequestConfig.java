/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.request;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * The transform's settings, checked.
 *
 * @param kind what is asked for
 * @param payload what values are
 * @param sources where each field comes from, in the contract's order
 * @param headers pointers to headers, by name
 * @param key pointer to the record's new key
 * @param errorsTopic for records that cannot become a request
 */
record RequestConfig(
    RequestKind kind,
    Payload payload,
    Map<RequestField, FieldSource> sources,
    Map<String, JsonPointer> headers,
    Optional<JsonPointer> key,
    Optional<String> errorsTopic) {

  /** What is asked for. Connect itself takes {@code type} for the transform's class. */
  static final String REQUEST = "request";

  static final String PAYLOAD = "payload";
  static final String KEY = "key";
  static final String HEADERS = "headers";
  static final String ERRORS_TOPIC = "errors.topic";
  static final String FIELDS = "fields.";
  static final String CONSTANTS = "constants.";

  /** Every setting with its type, default and text. */
  static final ConfigDef DEFINITION = RequestSettings.DEFINITION;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** What values are. */
  enum Payload {
    JSON,
    TEXT
  }

  /**
   * Reads the settings.
   *
   * @throws ConfigException if one is wrong, names no field, or a field that must be there has none
   */
  static RequestConfig of(Map<String, ?> settings) {
    AbstractConfig config = new AbstractConfig(DEFINITION, settings, false);
    RequestKind kind = RequestKind.valueOf(upper(config.getString(REQUEST)));
    settings.keySet().forEach(name -> checkName(kind, name));
    return new RequestConfig(
        kind,
        Payload.valueOf(upper(config.getString(PAYLOAD))),
        sources(kind, config),
        headers(config.getList(HEADERS)),
        Optional.ofNullable(config.getString(KEY)).map(JsonPointer::compile),
        Optional.ofNullable(config.getString(ERRORS_TOPIC)));
  }

  private static void checkName(RequestKind kind, String setting) {
    for (String prefix : List.of(FIELDS, CONSTANTS)) {
      if (setting.startsWith(prefix)
          && !kind.fields().containsKey(setting.substring(prefix.length()))) {
        throw new ConfigException(
            setting
                + " is nothing that a request of kind "
                + kind.name().toLowerCase(Locale.ROOT)
                + " has; there are: "
                + prefix
                + String.join(", " + prefix, kind.fields().keySet()));
      }
    }
  }

  private static Map<RequestField, FieldSource> sources(RequestKind kind, AbstractConfig config) {
    Map<RequestField, FieldSource> sources = new LinkedHashMap<>();
    for (RequestField field : kind.fields().values()) {
      Optional<String> pointer = Optional.ofNullable(config.getString(FIELDS + field.name()));
      Optional<String> constant = Optional.ofNullable(config.getString(CONSTANTS + field.name()));
      if (pointer.isPresent() || constant.isPresent()) {
        sources.put(
            field,
            new FieldSource(
                pointer.map(JsonPointer::compile), constant.map(text -> constant(field, text))));
      }
    }
    checkMembers(kind, sources);
    return Collections.unmodifiableMap(sources);
  }

  /** Each member that must be there has a source, and none has two. */
  private static void checkMembers(RequestKind kind, Map<RequestField, FieldSource> sources) {
    Map<String, String> given = new LinkedHashMap<>();
    for (RequestField field : sources.keySet()) {
      String other = given.put(field.member(), field.name());
      if (other != null) {
        throw new ConfigException(
            FIELDS + field.name() + " and " + FIELDS + other + " exclude each other; set one");
      }
    }
    for (RequestField field : kind.fields().values()) {
      if (field.mandatory() && !given.containsKey(field.member())) {
        throw new ConfigException(
            FIELDS
                + field.name()
                + " is missing: no request is without; say where it is in the value, or set "
                + CONSTANTS
                + field.name());
      }
    }
  }

  private static JsonNode constant(RequestField field, String text) {
    String setting = CONSTANTS + field.name();
    try {
      JsonNode given = field.structured() ? MAPPER.readTree(text) : TextNode.valueOf(text);
      ContractJson.value(field.shaped(given), field.avro(), field.connect(), field.name());
      return given;
    } catch (UnfitValueException e) {
      throw new ConfigException(setting, text, e.getMessage());
    } catch (JsonProcessingException e) {
      throw new ConfigException(setting, text, "is no JSON");
    }
  }

  private static Map<String, JsonPointer> headers(List<String> entries) {
    Map<String, JsonPointer> headers = new LinkedHashMap<>();
    for (String entry : entries) {
      int equals = entry.indexOf('=');
      headers.put(
          entry.substring(0, equals).strip(),
          JsonPointer.compile(entry.substring(equals + 1).strip()));
    }
    return Collections.unmodifiableMap(headers);
  }

  private static String upper(String word) {
    return word.toUpperCase(Locale.ROOT);
  }
}
