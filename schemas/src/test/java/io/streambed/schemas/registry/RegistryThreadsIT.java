/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.streambed.schemas.registry.ScriptedRegistry.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** An application may keep every thread busy that the JVM's code shares. */
@Isolated
class RegistryThreadsIT {

  private static final RetryConfig FAST =
      new RetryConfig(2, Duration.ofMillis(5), Duration.ofMillis(20));

  private static final Answer STRING = ScriptedRegistry.schema("\"string\"");

  private final CountDownLatch freed = new CountDownLatch(1);

  @BeforeEach
  void blockTheCommonPool() throws InterruptedException {
    int threads = ForkJoinPool.getCommonPoolParallelism();
    CountDownLatch blocked = new CountDownLatch(threads);
    for (int i = 0; i < threads; i++) {
      ForkJoinPool.commonPool()
          .execute(() -> {
            blocked.countDown();
            awaitFreed();
          });
    }
    blocked.await();
  }

  @AfterEach
  void free() {
    freed.countDown();
  }

  @Test
  void aBlockedCommonPoolKeepsNoAnswerBackNorARetry() throws IOException {
    // Given
    AtomicInteger asked = new AtomicInteger();
    try (ScriptedRegistry registry =
            ScriptedRegistry.start(
                seen -> asked.getAndIncrement() == 0 ? new Answer(503, "{}") : STRING);
        SchemaRegistryClient client =
            new SchemaRegistryClient(RegistryConfig.of(registry.url()).withRetry(FAST))) {

      // Then
      assertThat(client.schema(1)).succeedsWithin(Duration.ofMinutes(1));
      assertThat(asked).hasValue(2);
    }
  }

  @Test
  void anAnswerWhoseBodyDoesNotEndIsGivenUp() throws IOException {
    // Given
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          awaitFreed();
        });
    server.start();
    URI url = URI.create("http://localhost:" + server.getAddress().getPort());
    try (SchemaRegistryClient client = new SchemaRegistryClient(hasty(url))) {

      // Then
      assertThat(client.schema(1))
          .failsWithin(Duration.ofMinutes(1))
          .withThrowableThat()
          .havingCause()
          .isInstanceOf(RegistryUnavailableException.class)
          .withMessageContainingAll("schema id 1", "no answer within 100 ms");
    } finally {
      freed.countDown();
      server.stop(0);
    }
  }

  private static RegistryConfig hasty(URI url) {
    return new RegistryConfig(
        List.of(url),
        new RegistryAuth.None(),
        Optional.empty(),
        RegistryConfig.DEFAULT_CONNECT_TIMEOUT,
        Duration.ofMillis(100),
        new RetryConfig(0, Duration.ofMillis(5), Duration.ofMillis(20)),
        RegistryConfig.DEFAULT_UNKNOWN_ID_TTL);
  }

  private void awaitFreed() {
    try {
      freed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
