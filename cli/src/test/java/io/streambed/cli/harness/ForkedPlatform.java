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

/** {@code streambed run} in a JVM of its own. */
public final class ForkedPlatform {
  private static final Duration END_LIMIT = Duration.ofSeconds(90);
  private static final Duration PIECE = Duration.ofMillis(50);

  private final Process process;
  private final Path log;

  private ForkedPlatform(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static ForkedPlatform start(Map<String, String> environment, Path folder, String name)
      throws IOException {
    Path log = Files.createTempFile(folder, "run-" + name + "-", ".log");
    ProcessBuilder builder = JavaCommand.of(List.of("-Xmx512m"), List.of("run"));
    builder.environment().putAll(environment);
    builder.directory(folder.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
    return new ForkedPlatform(builder.start(), log);
  }

  /** Waits until it has said that it runs. */
  public void awaitRunning(Duration limit) {
    long begun = System.nanoTime();
    while (!log().contains("running as ")) {
      if (!process.isAlive() || System.nanoTime() - begun > limit.toNanos()) {
        throw new AssertionError("the platform does not run; it says:\n" + log());
      }
      pause();
    }
  }

  /** Ends it as a power cut would: kill -9. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Asks it to stop in order, by SIGTERM, and gives its exit code. */
  public int terminate() {
    process.destroy();
    return awaitEnd();
  }

  private int awaitEnd() {
    try {
      if (!process.waitFor(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("the platform does not end; it says:\n" + log());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** What it has printed and logged. */
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void pause() {
    try {
      process.waitFor(PIECE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether its process lives. */
  public boolean isAlive() {
    return process.isAlive();
  }
}
