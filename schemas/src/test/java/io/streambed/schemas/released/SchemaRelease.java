/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.released;

import io.streambed.schemas.registry.PortableSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the current schemas as the next released version. Run by {@code etc/release-schemas}.
 * Refuses to touch a version that exists.
 */
final class SchemaRelease {

  private SchemaRelease() {}

  /**
   * @param args the folder {@code released} of the sources, and the number of the version
   */
  public static void main(String[] args) throws IOException {
    int version = Integer.parseInt(args[1]);
    Path folder = Path.of(args[0]);
    write(folder, version);
    System.out.println("wrote " + Contract.RECORDS.size() + " schemas as version " + version);
  }

  static void write(Path released, int version) throws IOException {
    Path folder = released.resolve(Integer.toString(version));
    if (Files.exists(folder)) {
      throw new IllegalArgumentException("version " + version + " is released already");
    }
    if (version > 1 && !Files.exists(released.resolve(Integer.toString(version - 1)))) {
      throw new IllegalArgumentException("version " + (version - 1) + " is not released yet");
    }
    Files.createDirectories(folder);
    for (Contract record : Contract.RECORDS) {
      Files.writeString(
          folder.resolve(record + ".avsc"), PortableSchema.prettyText(record.current()) + "\n");
    }
    Files.writeString(released.resolve("newest"), version + "\n");
  }
}
