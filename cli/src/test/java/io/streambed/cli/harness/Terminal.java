/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A {@code streambed} command in a process of its own, and what it says on both its outputs. */
public final class Terminal implements AutoCloseable {
  private static final Duration PIECE = Duration.ofMillis(50);

  private final Process process;
  private final Path output;

  private Terminal(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /**
   * Starts a command.
   *
   * @param folder where it runs and where its output is kept
   */
  public static Terminal open(Path folder, Map<String, String> environment, List<String> command)
      throws IOException {
    Path output = Files.createTempFile(folder, command.getFirst() + "-", ".out");
    ProcessBuilder builder = JavaCommand.of(List.of("-Xmx512m"), command);
    builder.environment().putAll(environment);
    builder.directory(folder.toFile()).redirectErrorStream(true).redirectOutput(output.toFile());
    return new Terminal(builder.start(), output);
  }

  /** Waits until it has said something. */
  public void awaitSaying(String words, Duration limit) {
    long begun = System.nanoTime();
    while (!said().contains(words)) {
      if (!process.isAlive() || System.nanoTime() - begun > limit.toNanos()) {
        throw new AssertionError("it does not say '%s' but:\n%s".formatted(words, said()));
      }
      ended(PIECE);
    }
  }

  /** Waits for its end and gives its exit code. */
  public int awaitEnd(Duration limit) {
    if (!ended(limit)) {
      process.destroyForcibly();
      throw new AssertionError("it does not end within %s; it says:\n%s".formatted(limit, said()));
    }
    return process.exitValue();
  }

  /** Asks it to stop in order, by SIGTERM, and gives its exit code. */
  public int terminate(Duration limit) {
    process.destroy();
    return awaitEnd(limit);
  }

  /** Ends it as a power cut would: kill -9. */
  public void kill() {
    process.destroyForcibly();
    ended(Duration.ofSeconds(30));
  }

  /** Everything it has said. */
  public String said() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** Whether it lives. */
  public boolean isAlive() {
    return process.isAlive();
  }

  private boolean ended(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
