/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a broker keeps its data.
 *
 * @param path the folder, which exists
 * @param temporary whether it goes with the broker
 */
record DataFolder(Path path, boolean temporary) {

  static DataFolder open(Optional<Path> wanted) {
    try {
      if (wanted.isPresent()) {
        return new DataFolder(Files.createDirectories(wanted.get().toAbsolutePath()), false);
      }
      return new DataFolder(Files.createTempDirectory("streambed-kafka-"), true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes the folder if it is temporary. What cannot be deleted stays. */
  void discard() {
    if (!temporary) {
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      // A file of the broker may be written or vanish at this moment; the folder is the system's to
      // clean.
      path.toFile().deleteOnExit();
    }
  }
}
