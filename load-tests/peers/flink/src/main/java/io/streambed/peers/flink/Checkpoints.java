/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.peers.flink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** What a job left behind to go on from. */
final class Checkpoints {

  /** Written last: what has none is no whole checkpoint. */
  private static final String METADATA = "_metadata";

  // The state, the job, the checkpoint, the file.
  private static final int DEPTH = 4;

  private Checkpoints() {}

  /** Folder of the newest whole checkpoint or savepoint below a folder. */
  static Optional<Path> newest(Path state) throws IOException {
    if (!Files.isDirectory(state)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.find(state, DEPTH, (path, is) -> path.endsWith(METADATA))) {
      return files.max(Comparator.comparing(Checkpoints::writtenAt)).map(Path::getParent);
    }
  }

  private static FileTime writtenAt(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
