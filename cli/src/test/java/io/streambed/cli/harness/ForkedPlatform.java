/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code streambed run} in a JVM of its own. */
public final class ForkedPlatform {
  private static final Duration END_LIMIT = Duration.ofSeconds(90);

  private final Terminal terminal;

  private ForkedPlatform(Terminal terminal) {
    this.terminal = terminal;
  }

  static ForkedPlatform start(Map<String, String> environment, Path folder, List<String> options)
      throws IOException {
    List<String> command = Stream.concat(Stream.of("run"), options.stream()).toList();
    return new ForkedPlatform(Terminal.open(folder, environment, command));
  }

  /** Waits until it has said that it runs. */
  public void awaitRunning(Duration limit) {
    terminal.awaitSaying("running as ", limit);
  }

  /** Ends it as a power cut would: kill -9. */
  public void kill() {
    terminal.kill();
  }

  /** Asks it to stop in order, by SIGTERM, and gives its exit code. */
  public int terminate() {
    return terminal.terminate(END_LIMIT);
  }

  /** What it has printed and logged. */
  public String log() {
    return terminal.said();
  }

  /** Its process id. */
  public long pid() {
    return terminal.pid();
  }

  /** Whether its process lives. */
  public boolean isAlive() {
    return terminal.isAlive();
  }
}
