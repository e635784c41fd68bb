/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.released;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.StringJoiner;
import org.apache.avro.Schema;

/** A field's name as people write it, from where Avro says it is in a schema's JSON. */
final class FieldPath {

  private FieldPath() {}

  /**
   * @param pointer such as {@code /fields/3/type/items/fields/0}
   * @return such as {@code messages.role}
   */
  static String of(Schema schema, String pointer) {
    Deque<String> steps = new ArrayDeque<>(Arrays.asList(pointer.split("/")));
    steps.removeIf(String::isEmpty);
    StringJoiner path = new StringJoiner(".");
    Schema at = schema;
    while (!steps.isEmpty()) {
      String step = steps.pop();
      switch (step) {
        case "fields" -> {
          if (steps.isEmpty()) {
            return path.toString();
          }
          Schema.Field field = at.getFields().get(Integer.parseInt(steps.pop()));
          path.add(field.name());
          at = field.schema();
        }
        case "items" -> at = at.getElementType();
        case "values" -> at = at.getValueType();
        case "type", "name", "symbols", "size" -> {
          // Stays where it is: a property of the schema or the field.
        }
        default -> {
          if (at.getType() == Schema.Type.UNION) {
            at = at.getTypes().get(Integer.parseInt(step));
          }
        }
      }
    }
    return path.toString();
  }
}
