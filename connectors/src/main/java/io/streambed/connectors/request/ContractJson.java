/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;

/**
 * JSON in the shape of the contract, as Connect's data. Lenient where nothing is lost: numbers may
 * be text and texts numbers, enum symbols may be in lower case, and null is absent. Times are ISO
 * 8601 or milliseconds since 1970, bytes are base64.
 *
 * <p>What does not fit fails with {@link UnfitValueException}.
 */
final class ContractJson {

  /** A number has no more characters; what is longer takes long to read. */
  private static final int LONGEST_NUMBER = 100;

  private ContractJson() {}

  /**
   * A value of any type.
   *
   * @param avro the contract's schema of it
   * @param connect the same, as Connect knows it
   * @param path for errors
   */
  static Object value(
      JsonNode json, Schema avro, org.apache.kafka.connect.data.Schema connect, String path) {
    return switch (avro.getType()) {
      case UNION -> value(json, present(avro), connect, path);
      case RECORD -> struct(json, avro, connect, path);
      case ENUM -> symbol(json, avro, path);
      case STRING -> text(json, path);
      case ARRAY -> list(json, avro, connect, path);
      case MAP -> labels(json, avro, connect, path);
      case BYTES -> bytes(json, path);
      case BOOLEAN -> truth(json, path);
      case INT -> (int) whole(json, path, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case LONG -> avro.getLogicalType() == null ? whole(json, path) : time(json, connect, path);
      case FLOAT -> (float) fraction(json, path);
      case DOUBLE -> fraction(json, path);
      case FIXED, NULL ->
          throw new IllegalStateException("requests have no " + avro.getType() + ", as in " + path);
    };
  }

  /** A record; {@code path} is empty for the request itself. */
  static Struct struct(
      JsonNode json, Schema avro, org.apache.kafka.connect.data.Schema connect, String path) {
    if (!json.isObject()) {
      throw new UnfitValueException(path, "must be an object");
    }
    Struct struct = new Struct(connect);
    int known = 0;
    for (Schema.Field field : avro.getFields()) {
      String inner = path.isEmpty() ? field.name() : path + "." + field.name();
      JsonNode member = json.path(field.name());
      known += member.isMissingNode() ? 0 : 1;
      if (!member.isMissingNode() && !member.isNull()) {
        JsonNode fit = holdsJson(field) ? asText(member) : member;
        struct.put(
            field.name(), value(fit, field.schema(), connect.field(field.name()).schema(), inner));
      } else if (!field.hasDefaultValue()) {
        throw new UnfitValueException(inner, "is missing");
      }
    }
    if (known < json.size()) {
      List<String> names = avro.getFields().stream().map(Schema.Field::name).toList();
      throw new UnfitValueException(path, "has a member that is none of " + names);
    }
    return struct;
  }

  /** A text; numbers and truth values are written out. */
  static String text(JsonNode json, String path) {
    if (!json.isValueNode() || json.isNull()) {
      throw new UnfitValueException(path, "must be text");
    }
    return json.asText();
  }

  /** What a type is where it is not null. */
  static Schema present(Schema type) {
    return type.getType() == Schema.Type.UNION
        ? type.getTypes().stream()
            .filter(one -> one.getType() != Schema.Type.NULL)
            .findFirst()
            .orElseThrow()
        : type;
  }

  /** Fields whose text is JSON may be given as JSON. */
  private static boolean holdsJson(Schema.Field field) {
    return "json".equals(field.getProp("fingerprint"));
  }

  private static JsonNode asText(JsonNode json) {
    return json.isTextual() ? json : TextNode.valueOf(json.toString());
  }

  private static String symbol(JsonNode json, Schema avro, String path) {
    // The default is for readers that do not know a symbol; no request should ask for it.
    List<String> symbols =
        avro.getEnumSymbols().stream()
            .filter(symbol -> !symbol.equals(avro.getEnumDefault()))
            .toList();
    String word = json.isTextual() ? json.asText().strip().toUpperCase(Locale.ROOT) : "";
    if (!symbols.contains(word)) {
      throw new UnfitValueException(path, "must be one of " + symbols);
    }
    return word;
  }

  private static List<Object> list(
      JsonNode json, Schema avro, org.apache.kafka.connect.data.Schema connect, String path) {
    if (!json.isArray()) {
      throw new UnfitValueException(path, "must be an array");
    }
    List<Object> items = new ArrayList<>(json.size());
    for (JsonNode item : json) {
      String inner = path + "[" + items.size() + "]";
      items.add(value(item, avro.getElementType(), connect.valueSchema(), inner));
    }
    return items;
  }

  private static Map<String, Object> labels(
      JsonNode json, Schema avro, org.apache.kafka.connect.data.Schema connect, String path) {
    if (!json.isObject()) {
      throw new UnfitValueException(path, "must be an object");
    }
    Map<String, Object> labels = new HashMap<>();
    for (Map.Entry<String, JsonNode> label : json.properties()) {
      if (!label.getValue().isNull()) {
        labels.put(
            label.getKey(),
            value(label.getValue(), avro.getValueType(), connect.valueSchema(), path + ".*"));
      }
    }
    return labels;
  }

  private static ByteBuffer bytes(JsonNode json, String path) {
    try {
      return ByteBuffer.wrap(Base64.getDecoder().decode(text(json, path)));
    } catch (IllegalArgumentException e) {
      throw new UnfitValueException(path, "must be base64");
    }
  }

  private static boolean truth(JsonNode json, String path) {
    String word = json.isValueNode() ? json.asText().strip().toLowerCase(Locale.ROOT) : "";
    if (!word.equals("true") && !word.equals("false")) {
      throw new UnfitValueException(path, "must be true or false");
    }
    return word.equals("true");
  }

  private static long whole(JsonNode json, String path) {
    return whole(json, path, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private static long whole(JsonNode json, String path, long least, long most) {
    try {
      long number = number(json, path).longValueExact();
      if (number >= least && number <= most) {
        return number;
      }
    } catch (ArithmeticException e) {
      // It has a fraction or is too large: the same answer.
    }
    throw new UnfitValueException(path, "must be a whole number from " + least + " to " + most);
  }

  private static double fraction(JsonNode json, String path) {
    double number = number(json, path).doubleValue();
    if (Double.isInfinite(number)) {
      throw new UnfitValueException(path, "is too large a number");
    }
    return number;
  }

  private static BigDecimal number(JsonNode json, String path) {
    try {
      if (json.isNumber()) {
        return json.decimalValue();
      }
      if (json.isTextual() && json.asText().length() <= LONGEST_NUMBER) {
        return new BigDecimal(json.asText().strip());
      }
    } catch (NumberFormatException e) {
      // The message holds the text.
    }
    throw new UnfitValueException(path, "must be a number");
  }

  private static Object time(
      JsonNode json, org.apache.kafka.connect.data.Schema connect, String path) {
    String text = text(json, path).strip();
    try {
      long millis =
          text.matches("-?\\d{1,18}") ? Long.parseLong(text) : Instant.parse(text).toEpochMilli();
      return Timestamp.toLogical(connect, millis);
    } catch (DateTimeException | ArithmeticException e) {
      throw new UnfitValueException(
          path, "must be a time such as 2026-01-31T00:00:00Z, or milliseconds since 1970");
    }
  }
}
