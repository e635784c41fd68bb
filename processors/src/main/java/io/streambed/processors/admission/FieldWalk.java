/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

import io.streambed.schemas.state.Failure;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** Goes through a request, field by field and level by level, in the order of its schema. */
final class FieldWalk {

  private final BiFunction<Object, String, Optional<Failure>> rule;

  /**
   * @param rule what is wrong with a value at a path, if anything
   */
  FieldWalk(BiFunction<Object, String, Optional<Failure>> rule) {
    this.rule = rule;
  }

  /** The first thing that is wrong with a value or with anything in it. */
  Optional<Failure> first(IndexedRecord request) {
    return at(request, "");
  }

  private Optional<Failure> at(@Nullable Object value, String path) {
    if (value == null) {
      return Optional.empty();
    }
    return rule.apply(value, path)
        .or(() ->
            switch (value) {
              case IndexedRecord child -> inRecord(child, path);
              case List<?> list -> inList(list, path);
              default -> Optional.empty();
            });
  }

  private Optional<Failure> inRecord(IndexedRecord value, String path) {
    for (Schema.Field field : value.getSchema().getFields()) {
      String fieldPath = path.isEmpty() ? field.name() : path + "." + field.name();
      Optional<Failure> found = at(value.get(field.pos()), fieldPath);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<Failure> inList(List<?> list, String path) {
    for (int i = 0; i < list.size(); i++) {
      Optional<Failure> found = at(list.get(i), path + "[" + i + "]");
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}
