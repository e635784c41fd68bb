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
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * Finds an enum's UNKNOWN in a request: what the decoder puts where a newer producer wrote a symbol
 * that this version does not have. To guess what was meant could cost money.
 */
final class UnknownSymbols {

  private UnknownSymbols() {}

  /** The first one, in the order of the fields. */
  static Optional<Failure> in(IndexedRecord request) {
    return search(request, "");
  }

  private static Optional<Failure> search(@Nullable Object value, String path) {
    return switch (value) {
      case IndexedRecord child -> inRecord(child, path);
      case List<?> list -> inList(list, path);
      case Enum<?> symbol when symbol.name().equals("UNKNOWN") ->
          Optional.of(
              Refusals.invalid(
                  path, "has no symbol that this version knows; use one of " + known(symbol)));
      case null, default -> Optional.empty();
    };
  }

  private static Optional<Failure> inRecord(IndexedRecord value, String path) {
    for (Schema.Field field : value.getSchema().getFields()) {
      String fieldPath = path.isEmpty() ? field.name() : path + "." + field.name();
      Optional<Failure> found = search(value.get(field.pos()), fieldPath);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<Failure> inList(List<?> list, String path) {
    for (int i = 0; i < list.size(); i++) {
      Optional<Failure> found = search(list.get(i), path + "[" + i + "]");
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static String known(Enum<?> symbol) {
    return List.of(symbol.getDeclaringClass().getEnumConstants()).stream()
        .map(Enum::name)
        .filter(name -> !name.equals("UNKNOWN"))
        .collect(Collectors.joining(", "));
  }
}
