/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.avro;

import java.util.Iterator;
import java.util.List;
import org.apache.avro.Schema;

/** Names of what stands somewhere in a schema. */
final class SchemaPlace {

  private SchemaPlace() {}

  /**
   * The fields on the way to a place, with dots between them; "the schema itself" where there is
   * none.
   *
   * @param pointer as {@link org.apache.avro.SchemaCompatibility} gives it, such as {@code
   *     /fields/7/type}
   */
  static String of(Schema schema, String pointer) {
    StringBuilder path = new StringBuilder();
    Schema at = schema;
    Iterator<String> parts = List.of(pointer.substring(1).split("/", -1)).iterator();
    while (parts.hasNext()) {
      String part = parts.next();
      if (part.equals("fields") && at.getType() == Schema.Type.RECORD && parts.hasNext()) {
        Schema.Field field = at.getFields().get(Integer.parseInt(parts.next()));
        path.append(path.isEmpty() ? "field " : ".").append(field.name());
        at = field.schema();
      } else if (part.equals("items") && at.getType() == Schema.Type.ARRAY) {
        at = at.getElementType();
      } else if (part.equals("values") && at.getType() == Schema.Type.MAP) {
        at = at.getValueType();
      } else if (at.getType() == Schema.Type.UNION && part.matches("\\d{1,4}")) {
        at = at.getTypes().get(Integer.parseInt(part));
      }
    }
    return path.isEmpty() ? "the schema itself" : path.toString();
  }
}
