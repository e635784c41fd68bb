/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/** Which older or newer schemas a new one must get on with. */
public enum Compatibility {
  NONE(false, false, false),
  BACKWARD(true, false, false),
  BACKWARD_TRANSITIVE(true, false, true),
  FORWARD(false, true, false),
  FORWARD_TRANSITIVE(false, true, true),
  FULL(true, true, false),
  FULL_TRANSITIVE(true, true, true);

  private final boolean readsOld;
  private final boolean readByOld;
  private final boolean transitive;

  Compatibility(boolean readsOld, boolean readByOld, boolean transitive) {
    this.readsOld = readsOld;
    this.readByOld = readByOld;
    this.transitive = transitive;
  }

  static Optional<Compatibility> named(String name) {
    for (Compatibility level : values()) {
      if (level.name().equals(name.toUpperCase(Locale.ROOT))) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }

  /**
   * What stands against the new schema; empty if nothing does.
   *
   * @param earlier the schemas before it, oldest first
   */
  List<String> objections(Schema proposed, List<Schema> earlier) {
    List<Schema> compared = transitive || earlier.isEmpty() ? earlier : List.of(earlier.getLast());
    List<String> objections = new ArrayList<>();
    for (Schema old : compared) {
      if (readsOld) {
        objections.addAll(cannotRead(proposed, old, "new", "old"));
      }
      if (readByOld) {
        objections.addAll(cannotRead(old, proposed, "old", "new"));
      }
    }
    return objections;
  }

  private static List<String> cannotRead(
      Schema reader, Schema writer, String readerName, String writerName) {
    List<Incompatibility> found =
        SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
            .getResult()
            .getIncompatibilities();
    return found.stream()
        .map(one ->
            "the %s schema cannot read data of the %s schema: %s at %s: %s"
                .formatted(
                    readerName, writerName, one.getType(), one.getLocation(), one.getMessage()))
        .toList();
  }
}
