/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/** Catches misspelt fields, which would otherwise be dropped in silence. */
final class FieldNames {
  private static final int NEAR = 3;

  private FieldNames() {}

  /** Fails on a field that the schema does not have. */
  static void check(Schema schema, JsonNode node, String path) throws BadFieldException {
    List<String> known = schema.getFields().stream().map(Schema.Field::name).toList();
    Iterator<String> names = node.fieldNames();
    while (names.hasNext()) {
      String name = names.next();
      if (!known.contains(name)) {
        throw unknown(name, known, path);
      }
    }
  }

  private static BadFieldException unknown(String name, Collection<String> known, String path) {
    String hint =
        nearest(name, known)
            .map(near -> "; did you mean `%s`?".formatted(near))
            .orElse("; there are " + String.join(", ", known));
    return BadFieldException.at(path.isEmpty() ? name : path + "." + name, "no such field" + hint);
  }

  private static Optional<String> nearest(String name, Collection<String> known) {
    return known.stream()
        .filter(candidate -> distance(name, candidate) <= Math.min(NEAR, candidate.length() / 2))
        .min(Comparator.comparingInt(candidate -> distance(name, candidate)));
  }

  /** Levenshtein's distance, case ignored. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        char left = Character.toLowerCase(a.charAt(i - 1));
        int replaced = diagonal + (left == Character.toLowerCase(b.charAt(j - 1)) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
