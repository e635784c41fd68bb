/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.apicurio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A forked Apicurio server with its data in memory, on the loopback address.
 *
 * @param url where it speaks Confluent's protocol
 */
public record ApicurioServer(Process process, URI url) implements AutoCloseable {

  /** Its first start takes about 5 s on two free cores. */
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  /**
   * Starts one; it takes requests when this returns.
   *
   * @param home folder that the server was unpacked to
   */
  public static ApicurioServer start(Path home) throws IOException {
    int port = freePort();
    ProcessBuilder command =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                // It lives too short for the second compiler to pay.
                "-XX:TieredStopAtLevel=1",
                "-jar",
                "quarkus-run.jar")
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("server.log").toFile());
    command
        .environment()
        .putAll(
            Map.of(
                "QUARKUS_HTTP_HOST",
                "127.0.0.1",
                "QUARKUS_HTTP_PORT",
                Integer.toString(port),
                "QUARKUS_MANAGEMENT_HOST",
                "127.0.0.1",
                "QUARKUS_MANAGEMENT_PORT",
                Integer.toString(freePort())));
    Process process = command.start();
    // If this JVM is ended from outside, the server must not stay behind.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    ApicurioServer server =
        new ApicurioServer(process, URI.create("http://127.0.0.1:" + port + "/apis/ccompat/v7"));
    await().atMost(START_LIMIT).pollInterval(Duration.ofMillis(200)).until(server::isReady);
    return server;
  }

  private boolean isReady() throws InterruptedException {
    assertThat(process.isAlive()).as("Apicurio runs; see its server.log").isTrue();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/subjects")).build();
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
