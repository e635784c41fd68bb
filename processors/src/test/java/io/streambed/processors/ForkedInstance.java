/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** An instance of the platform in a process of its own, which a test kills as it likes. */
final class ForkedInstance implements AutoCloseable {

  private static final String LOGBACK = "logback.configurationFile";

  private final Process process;
  private final Path log;

  private ForkedInstance(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static ForkedInstance start(Path directory, String id, Map<String, String> settings)
      throws IOException {
    Path file = Files.createDirectories(directory).resolve(id + ".properties");
    Properties properties = new Properties();
    properties.putAll(settings);
    try (var out = Files.newOutputStream(file)) {
      properties.store(out, null);
    }
    Path log = directory.resolve(id + "-" + System.nanoTime() + ".log");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx512m",
                    "-XX:+UseSerialGC",
                    // It lives too short for the second compiler to pay.
                    "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED",
                    // Without one, logback writes every library's DEBUG lines: most of the work.
                    "-Dlogback.configurationFile=" + System.getProperty(LOGBACK, ""),
                    "-cp",
                    System.getProperty("java.class.path"),
                    InstanceMain.class.getName(),
                    file.toString()))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return new ForkedInstance(process, log);
  }

  /** What {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
  }

  /** Stops it where it is, until it is thawed or killed. */
  void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  void thaw() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /** What SIGTERM does; returns once the process has ended. */
  void terminate() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("the instance does not end after SIGTERM");
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
