/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.released;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.jspecify.annotations.Nullable;

/**
 * Finds changes of a request's schema that would give old requests new fingerprints, so that stored
 * answers and settlements would no longer be found. Fingerprints are taken over what is set in the
 * fields from {@code model} on.
 */
final class FingerprintGate {

  private static final String CONTENT_BEGINS = "model";

  private final String schema;
  private final List<String> found = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();

  private FingerprintGate(String schema) {
    this.schema = schema;
  }

  /** A sentence for each violation, naming schema, field and rule. */
  static List<String> violations(Schema current, Schema released) {
    FingerprintGate gate = new FingerprintGate(current.getName());
    gate.request(current, released);
    return List.copyOf(gate.found);
  }

  private void request(Schema current, Schema released) {
    int border = current.getField(CONTENT_BEGINS).pos();
    int oldBorder = released.getField(CONTENT_BEGINS).pos();
    for (Field field : current.getFields()) {
      Field old = released.getField(field.name());
      if (old != null && (field.pos() < border) != (old.pos() < oldBorder)) {
        fail(field.name(), "it must stay on its side of the field `model`");
      } else if (field.pos() >= border) {
        content(field.name(), field, old);
      }
    }
  }

  private void content(String path, Field field, @Nullable Field old) {
    if (old == null) {
      if (!field.schema().isNullable() || !field.hasDefaultValue() || !isNull(field)) {
        fail(path, "a new field that decides the answer must be nullable with default null");
      }
      return;
    }
    if (!Objects.equals(field.getProp("fingerprint"), old.getProp("fingerprint"))) {
      fail(path, "its part in the fingerprint must not change");
    }
    nested(path, field.schema(), old.schema());
  }

  private void nested(String path, Schema current, Schema released) {
    switch (current.getType()) {
      case UNION -> {
        for (Schema branch : current.getTypes()) {
          List<Schema> olds =
              released.getType() == Schema.Type.UNION ? released.getTypes() : List.of(released);
          olds.stream()
              .filter(old -> old.getFullName().equals(branch.getFullName()))
              .forEach(old -> nested(path, branch, old));
        }
      }
      case ARRAY -> {
        if (released.getType() == Schema.Type.ARRAY) {
          nested(path, current.getElementType(), released.getElementType());
        }
      }
      case RECORD -> {
        if (released.getType() == Schema.Type.RECORD && seen.add(current.getFullName())) {
          for (Field field : current.getFields()) {
            content(path + "." + field.name(), field, released.getField(field.name()));
          }
        }
      }
      default -> {
        // Has no fields.
      }
    }
  }

  private static boolean isNull(Field field) {
    return JsonProperties.NULL_VALUE.equals(field.defaultVal());
  }

  private void fail(String path, String rule) {
    found.add("%s breaks stored fingerprints at field %s: %s".formatted(schema, path, rule));
  }
}
