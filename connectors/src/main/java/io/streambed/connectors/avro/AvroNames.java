/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.avro;

import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;

/** Which names of Connect's schemas Avro takes. */
final class AvroNames {

  /** "Names" in the Avro specification. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private static final Pattern FULL_NAME =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*");

  /** A schema that refers to itself has no end. */
  private static final int DEEPEST = 50;

  private AvroNames() {}

  /** What Avro does not take, in words; nothing if it takes all. */
  static Optional<String> refused(Schema schema) {
    return refused(schema, 0);
  }

  private static Optional<String> refused(Schema schema, int depth) {
    if (depth > DEEPEST) {
      return Optional.empty();
    }
    return switch (schema.type()) {
      case STRUCT -> struct(schema, depth);
      case ARRAY -> refused(schema.valueSchema(), depth + 1);
      case MAP ->
          refused(schema.keySchema(), depth + 1).or(() -> refused(schema.valueSchema(), depth + 1));
      case INT8, INT16, INT32, INT64, FLOAT32, FLOAT64, BOOLEAN, STRING, BYTES -> Optional.empty();
    };
  }

  private static Optional<String> struct(Schema schema, int depth) {
    if (schema.name() != null && !FULL_NAME.matcher(schema.name()).matches()) {
      return Optional.of("its name '" + schema.name() + "'");
    }
    for (Field field : schema.fields()) {
      if (!NAME.matcher(field.name()).matches()) {
        return Optional.of("the name of its field '" + field.name() + "'");
      }
      Optional<String> inner = refused(field.schema(), depth + 1);
      if (inner.isPresent()) {
        return inner;
      }
    }
    return Optional.empty();
  }
}
