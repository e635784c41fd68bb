/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streambed.local.port.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A distributed worker of Kafka Connect in a process of its own, with the plugin as users install
 * it: the folder that the build makes, and on the worker's class path nothing of it. Workers on one
 * broker are one cluster. Threads: one at a time.
 */
public final class ConnectWorker implements AutoCloseable {

  private static final String HOST = "127.0.0.1";

  /** It is ready after about 5 s on two free cores. */
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  private static final Duration PIECE = Duration.ofMillis(200);
  private static final String LOGBACK = "logback.configurationFile";
  private static final String SETTINGS = "worker.properties";

  private final Path folder;
  private final Path plugins;
  private final Map<String, String> environment;
  private final URI url;
  private final ConnectRest rest;
  private ChildProcess process;

  private ConnectWorker(Path folder, Path plugins, Map<String, String> environment, URI url)
      throws IOException {
    this.folder = folder;
    this.plugins = plugins;
    this.environment = environment;
    this.url = url;
    this.rest = new ConnectRest(url);
    this.process = fork();
  }

  /** Starts a worker; it takes requests when this returns. */
  public static ConnectWorker start(String bootstrapServers) throws IOException {
    return start(bootstrapServers, Map.of());
  }

  /**
   * The same.
   *
   * @param settings of the worker, such as its converters, in place of those it would have here
   */
  public static ConnectWorker start(String bootstrapServers, Map<String, String> settings)
      throws IOException {
    return start(bootstrapServers, settings, Map.of());
  }

  /**
   * The same.
   *
   * @param settings of the worker, in place of those it would have here
   * @param environment variables that are added to those of the tests
   */
  public static ConnectWorker start(
      String bootstrapServers, Map<String, String> settings, Map<String, String> environment)
      throws IOException {
    Path plugins = plugins();
    Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
    Path folder = Files.createTempDirectory(target, "connect-");
    URI url = URI.create("http://" + HOST + ":" + Ports.free(HOST));
    Properties properties = new Properties();
    properties.putAll(WorkerProperties.of(bootstrapServers, url, plugins, settings));
    try (var out = Files.newOutputStream(folder.resolve(SETTINGS))) {
      properties.store(out, null);
    }
    ConnectWorker worker = new ConnectWorker(folder, plugins, environment, url);
    worker.awaitReady();
    return worker;
  }

  /** Base address of its REST API. Stays the same over kill and restart. */
  public URI url() {
    return url;
  }

  /** Its REST API. */
  public ConnectRest rest() {
    return rest;
  }

  /** Ends it as a power cut would: kill -9. */
  public void kill() {
    process.kill();
  }

  /** Asks it to stop in order, by SIGTERM, and waits for the end. */
  public void stop() {
    process.terminate();
  }

  /** Starts it again on the same port, after it was killed or stopped, or stops it first. */
  public void restart() throws IOException {
    process.terminate();
    process = fork();
    awaitReady();
  }

  /** Whether its process lives. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** What it tells by JMX, until it ends. Once for each start. */
  public WorkerBeans beans() throws IOException {
    return WorkerBeans.of(process.process().pid());
  }

  /** What it has logged, over all its starts. */
  public String log() {
    return process.said();
  }

  /** Ends it; its log stays in the folder target. */
  @Override
  public void close() {
    process.kill();
  }

  private void awaitReady() {
    try {
      await().atMost(START_LIMIT).pollInterval(PIECE).until(this::isReady);
    } catch (RuntimeException | AssertionError e) {
      process.kill();
      throw e;
    }
  }

  private boolean isReady() throws InterruptedException {
    assertThat(process.isAlive()).as(() -> "the worker runs; it says: " + process.said()).isTrue();
    return rest.isReady();
  }

  private static Path plugins() {
    Path folder = Path.of(System.getProperty("connect.plugins", "target/plugin")).toAbsolutePath();
    assertThat(folder.resolve("streambed-connectors"))
        .as("the plugin; run the build up to the phase package")
        .isDirectory();
    return folder;
  }

  private ChildProcess fork() throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            // It lives too short for the second compiler to pay.
            "-XX:TieredStopAtLevel=1",
            "-XX:+IgnoreUnrecognizedVMOptions",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+EnableDynamicAgentLoading",
            // Without one, logback writes every library's DEBUG lines: most of the work.
            "-D" + LOGBACK + "=" + System.getProperty(LOGBACK, ""),
            "-cp",
            WorkerClassPath.of(plugins),
            "org.apache.kafka.connect.cli.ConnectDistributed",
            SETTINGS);
    return ChildProcess.start(folder, folder.resolve("worker.log"), command, environment);
  }
}
