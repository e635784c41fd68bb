/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.peers.trial;

import io.streambed.peers.work.Peer;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A peer in a process of its own, started as the harness does it. */
final class PeerProcess implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final CountDownLatch ready = new CountDownLatch(1);

  private PeerProcess(Process process) {
    this.process = process;
    Thread.ofVirtual().start(this::listen);
  }

  /**
   * @param module the peer's folder
   * @param log where its standard error goes
   */
  static PeerProcess start(Path module, Path log, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC"));
    Path flags = module.resolve("jvm-flags");
    if (Files.exists(flags)) {
      command.addAll(Files.readAllLines(flags));
    }
    command.add("-cp");
    command.add(
        module.resolve("target/classes")
            + File.pathSeparator
            + Files.readString(module.resolve("target/classpath.txt")).strip());
    command.add(Files.readString(module.resolve("main-class")).strip());
    command.addAll(arguments);
    return new PeerProcess(
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start());
  }

  private void listen() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.equals(Peer.READY)) {
          ready.countDown();
        }
      }
    } catch (IOException e) {
      // The process has ended; whoever waits for it sees that.
    }
  }

  void awaitReady() throws InterruptedException {
    if (!ready.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the peer is not ready; alive: " + process.isAlive());
    }
  }

  /** What {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** What SIGTERM does; whether the process has ended in time. */
  boolean terminate() throws InterruptedException {
    process.destroy();
    return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
