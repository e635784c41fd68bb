/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** Where a record's partition key or explicit hash key is taken from. */
sealed interface KeySource {

  /** What can be written in the settings, for messages. */
  String PICKED_FORMS = "key, field:NAME, field:OUTER.INNER or header:NAME";

  /** Taken out of the record. */
  sealed interface Picked extends KeySource {
    /**
     * What the record has there; nothing if it has none, or null.
     *
     * @throws UnencodableRecordException if there can be none
     */
    Optional<SchemaAndValue> from(SinkRecord record);
  }

  /** The record's key. */
  record Key() implements Picked {
    @Override
    public Optional<SchemaAndValue> from(SinkRecord record) {
      return value(record.keySchema(), record.key());
    }
  }

  /**
   * A field of the value, which is a struct or a map.
   *
   * @param path names from the outermost to the innermost
   */
  record Field(List<String> path) implements Picked {
    @Override
    public Optional<SchemaAndValue> from(SinkRecord record) {
      Schema schema = record.valueSchema();
      Object value = record.value();
      for (String name : path) {
        if (value == null) {
          return Optional.empty();
        }
        if (value instanceof Struct struct) {
          org.apache.kafka.connect.data.Field field = struct.schema().field(name);
          if (field == null) {
            throw new UnencodableRecordException(
                "its schema has no field " + String.join(".", path) + "; check the settings");
          }
          schema = field.schema();
          value = struct.get(field);
        } else if (value instanceof Map<?, ?> map) {
          schema = schema == null ? null : schema.valueSchema();
          value = map.get(name);
        } else {
          throw new UnencodableRecordException(
              "there is no field "
                  + String.join(".", path)
                  + ", for the value is neither a struct nor a map; use a converter that reads it");
        }
      }
      return value(schema, value);
    }
  }

  /**
   * A header.
   *
   * @param name of which the last counts
   */
  record HeaderValue(String name) implements Picked {
    @Override
    public Optional<SchemaAndValue> from(SinkRecord record) {
      Header header = record.headers().lastWithName(name);
      return header == null ? Optional.empty() : value(header.schema(), header.value());
    }
  }

  /** The record's topic and partition, which keeps a partition's records together. */
  record Partition() implements KeySource {}

  /** Nothing of the record: evenly over the shards. */
  record Spread() implements KeySource {}

  /** Reads a setting; nothing if it has none of the forms. */
  static Optional<KeySource> of(String text) {
    return switch (text) {
      case "topic-partition" -> Optional.of(new Partition());
      case "none" -> Optional.of(new Spread());
      default -> picked(text).map(KeySource.class::cast);
    };
  }

  /** The same, of what is taken out of the record only. */
  static Optional<Picked> picked(String text) {
    if (text.equals("key")) {
      return Optional.of(new Key());
    }
    if (text.startsWith("header:") && text.length() > "header:".length()) {
      return Optional.of(new HeaderValue(text.substring("header:".length())));
    }
    if (text.startsWith("field:")) {
      List<String> path = List.of(text.substring("field:".length()).split("\\.", -1));
      return path.contains("") ? Optional.empty() : Optional.of(new Field(path));
    }
    return Optional.empty();
  }

  private static Optional<SchemaAndValue> value(@Nullable Schema schema, @Nullable Object value) {
    return value == null ? Optional.empty() : Optional.of(new SchemaAndValue(schema, value));
  }
}
