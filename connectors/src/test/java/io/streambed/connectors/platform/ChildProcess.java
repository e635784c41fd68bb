/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process that a test has started. It ends with the test's JVM at the latest. Threads: any.
 *
 * @param process it
 * @param output where both its outputs go
 */
record ChildProcess(Process process, Path output) {

  private static final Duration LONGEST_END = Duration.ofSeconds(60);

  /**
   * Starts a process.
   *
   * @param folder where it runs
   * @param output what it says is added to this file
   */
  static ChildProcess start(
      Path folder, Path output, List<String> command, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    builder.environment().putAll(environment);
    Process process = builder.start();
    // If this JVM is ended from outside, the process must not stay behind.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return new ChildProcess(process, output);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it as a power cut would, and waits for the end. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Asks it to stop in order, by SIGTERM, and waits; kills it if it does not. */
  void terminate() {
    process.destroy();
    if (!hasEnded()) {
      kill();
    }
  }

  /** Everything it has said. */
  String said() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitEnd() {
    if (!hasEnded()) {
      throw new AssertionError("process " + process.pid() + " does not end; see " + output);
    }
  }

  private boolean hasEnded() {
    try {
      return process.waitFor(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while process " + process.pid() + " was ending", e);
    }
  }
}
