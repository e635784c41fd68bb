/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.released;

import io.streambed.schemas.released.Contract.Rule;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/** Finds what a changed schema would break for data or programs that are out there. */
final class CompatibilityGate {

  private CompatibilityGate() {}

  /**
   * @param version number of the release that {@code released} is from
   * @return a sentence for each break, naming schema, field and rule
   */
  static List<String> violations(Rule rule, Schema current, Schema released, int version) {
    List<String> found = new ArrayList<>();
    add(
        found,
        rule,
        "the new schema cannot read what version " + version + " wrote",
        current,
        released);
    if (rule == Rule.FULL_TRANSITIVE) {
      add(
          found,
          rule,
          "version " + version + " cannot read what the new schema writes",
          released,
          current);
    }
    return List.copyOf(found);
  }

  private static void add(
      List<String> found, Rule rule, String what, Schema reader, Schema writer) {
    for (Incompatibility one :
        SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
            .getResult()
            .getIncompatibilities()) {
      found.add(
          "%s breaks %s at field %s: %s (%s: %s)"
              .formatted(
                  reader.getName(),
                  rule,
                  FieldPath.of(reader, one.getLocation()),
                  what,
                  one.getType(),
                  one.getMessage()));
    }
  }
}
