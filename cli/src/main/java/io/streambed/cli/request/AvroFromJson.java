/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/**
 * Builds a generated Avro record from plain JSON, guided by the record's schema: no wrappers around
 * the values of a union, defaults for what is absent, bytes in Base64, times as people write them,
 * enums in any case, and an object wherever the schema holds JSON in a string.
 */
final class AvroFromJson {
  private static final String UNKNOWN = "UNKNOWN";

  private final Instant now;

  /**
   * @param now what relative times count from
   */
  AvroFromJson(Instant now) {
    this.now = now;
  }

  /**
   * Builds the record of a schema whose class is generated; {@code path} is empty for a whole line.
   */
  SpecificRecordBase build(Schema schema, JsonNode node, String path) throws BadFieldException {
    if (!node.isObject()) {
      throw BadFieldException.at(path, "must be an object, is " + kind(node));
    }
    FieldNames.check(schema, node, path);
    SpecificRecordBase made = (SpecificRecordBase) SpecificData.get().newRecord(null, schema);
    for (Schema.Field field : schema.getFields()) {
      JsonNode value = node.get(field.name());
      String at = path.isEmpty() ? field.name() : path + "." + field.name();
      if (value == null) {
        made.put(field.pos(), absent(field, at));
      } else if ("json".equals(field.getProp("fingerprint"))
          && !value.isTextual()
          && !value.isNull()) {
        made.put(field.pos(), value.toString());
      } else {
        made.put(field.pos(), value(field.schema(), value, at));
      }
    }
    return made;
  }

  private static @Nullable Object absent(Schema.Field field, String at) throws BadFieldException {
    if (!field.hasDefaultValue()) {
      throw BadFieldException.at(at, "is missing and has no default");
    }
    return SpecificData.get().getDefaultValue(field);
  }

  private @Nullable Object value(Schema schema, JsonNode node, String at) throws BadFieldException {
    return switch (schema.getType()) {
      case UNION -> node.isNull() ? nothing(schema, at) : value(onlyBranch(schema), node, at);
      case RECORD -> build(schema, node, at);
      case ARRAY -> list(schema, node, at);
      case MAP -> map(schema, node, at);
      case ENUM -> symbol(schema, node, at);
      case STRING -> text(node, at);
      case BYTES -> bytes(node, at);
      case INT -> (int) whole(node, at, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case LONG -> time(schema, node, at);
      case FLOAT -> (float) number(node, at);
      case DOUBLE -> number(node, at);
      case BOOLEAN -> truth(node, at);
      case NULL, FIXED -> throw BadFieldException.at(at, "cannot be written in JSON");
    };
  }

  private static @Nullable Object nothing(Schema union, String at) throws BadFieldException {
    if (!union.isNullable()) {
      throw BadFieldException.at(at, "must not be null");
    }
    return null;
  }

  private static Schema onlyBranch(Schema union) {
    return union.getTypes().stream()
        .filter(branch -> branch.getType() != Schema.Type.NULL)
        .findFirst()
        .orElse(union);
  }

  private List<@Nullable Object> list(Schema schema, JsonNode node, String at)
      throws BadFieldException {
    if (!node.isArray()) {
      throw BadFieldException.at(at, "must be a list, is " + kind(node));
    }
    List<@Nullable Object> made = new ArrayList<>(node.size());
    for (int i = 0; i < node.size(); i++) {
      made.add(value(schema.getElementType(), node.get(i), at + "[" + i + "]"));
    }
    return made;
  }

  private Map<String, @Nullable Object> map(Schema schema, JsonNode node, String at)
      throws BadFieldException {
    if (!node.isObject()) {
      throw BadFieldException.at(at, "must be an object, is " + kind(node));
    }
    Map<String, @Nullable Object> made = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      made.put(
          entry.getKey(),
          value(schema.getValueType(), entry.getValue(), at + "." + entry.getKey()));
    }
    return made;
  }

  private static Object symbol(Schema schema, JsonNode node, String at) throws BadFieldException {
    String wanted = node.isTextual() ? node.textValue().toUpperCase(Locale.ROOT) : "";
    if (!schema.hasEnumSymbol(wanted) || wanted.equals(UNKNOWN)) {
      List<String> legal = new ArrayList<>(schema.getEnumSymbols());
      legal.remove(UNKNOWN);
      throw BadFieldException.at(at, "must be one of " + String.join(", ", legal));
    }
    return SpecificData.get().createEnum(wanted, schema);
  }

  private static String text(JsonNode node, String at) throws BadFieldException {
    if (!node.isTextual()) {
      throw BadFieldException.at(at, "must be a text, is " + kind(node));
    }
    return node.textValue();
  }

  private static ByteBuffer bytes(JsonNode node, String at) throws BadFieldException {
    try {
      return ByteBuffer.wrap(Base64.getDecoder().decode(text(node, at)));
    } catch (IllegalArgumentException e) {
      throw BadFieldException.at(at, "must be bytes in Base64");
    }
  }

  private Object time(Schema schema, JsonNode node, String at) throws BadFieldException {
    if (!(schema.getLogicalType() instanceof LogicalTypes.TimestampMillis)) {
      return whole(node, at, Long.MIN_VALUE, Long.MAX_VALUE);
    }
    if (node.canConvertToLong() && node.isIntegralNumber()) {
      return Instant.ofEpochMilli(node.longValue());
    }
    return PointInTime.parse(node.asText(), now)
        .orElseThrow(() -> BadFieldException.at(at, "must be " + PointInTime.FORMS));
  }

  private static long whole(JsonNode node, String at, long least, long most)
      throws BadFieldException {
    if (!node.isIntegralNumber()) {
      throw BadFieldException.at(at, "must be a whole number, is " + kind(node));
    }
    if (!node.canConvertToLong() || node.longValue() < least || node.longValue() > most) {
      throw BadFieldException.at(at, "is too large a number");
    }
    return node.longValue();
  }

  private static double number(JsonNode node, String at) throws BadFieldException {
    if (!node.isNumber()) {
      throw BadFieldException.at(at, "must be a number, is " + kind(node));
    }
    return node.doubleValue();
  }

  private static boolean truth(JsonNode node, String at) throws BadFieldException {
    if (!node.isBoolean()) {
      throw BadFieldException.at(at, "must be true or false, is " + kind(node));
    }
    return node.booleanValue();
  }

  static String kind(JsonNode node) {
    JsonNodeType type = node.getNodeType();
    return switch (type) {
      case ARRAY -> "a list";
      case OBJECT -> "an object";
      case STRING -> "a text";
      case NUMBER -> "a number";
      case BOOLEAN -> "true or false";
      case NULL -> "null";
      case BINARY, MISSING, POJO -> "something else";
    };
  }
}
