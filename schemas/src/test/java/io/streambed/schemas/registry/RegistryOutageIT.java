/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streambed.schemas.registry.ScriptedRegistry.Answer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Registries that fail, vanish and come back. */
class RegistryOutageIT {

  private static final RetryConfig FAST =
      new RetryConfig(2, Duration.ofMillis(5), Duration.ofMillis(20));

  private static final RetryConfig PATIENT =
      new RetryConfig(200, Duration.ofMillis(20), Duration.ofMillis(50));

  private static final Answer STRING = ScriptedRegistry.schema("\"string\"");

  @Test
  void aRegistryThatIsDownIsNotAMissingSchema() throws IOException {
    // Given
    URI gone = goneUrl();
    try (SchemaRegistryClient client = client(RegistryConfig.of(gone).withRetry(FAST))) {

      // Then
      assertThat(client.schema(7))
          .failsWithin(Duration.ofSeconds(10))
          .withThrowableThat()
          .havingCause()
          .isInstanceOf(RegistryUnavailableException.class)
          .withMessageContainingAll("schema id 7", "after 3 tries", gone.toString(), "check that");
      assertThat(client.cached(7)).isEmpty();
    }
  }

  @Test
  void aRegistryThatStopsAndComesBackIsUsedAgain() throws IOException {
    // Given
    ScriptedRegistry first = ScriptedRegistry.start(seen -> STRING);
    int port = first.port();
    try (SchemaRegistryClient client = client(RegistryConfig.of(first.url()).withRetry(FAST))) {
      assertThat(client.schema(1)).succeedsWithin(Duration.ofSeconds(10));
      first.close();
      assertThat(client.schema(2)).failsWithin(Duration.ofSeconds(10));

      // When
      try (ScriptedRegistry again = ScriptedRegistry.start(port, seen -> STRING)) {

        // Then
        assertThat(client.schema(2)).succeedsWithin(Duration.ofSeconds(10));
        assertThat(again.seen()).hasSize(1);
      }
    }
  }

  @Test
  void aQuestionOutlivesAnOutageThatIsShorterThanTheRetries() throws IOException {
    // Given
    AtomicInteger asked = new AtomicInteger();
    ScriptedRegistry failing =
        ScriptedRegistry.start(seen -> {
          asked.incrementAndGet();
          return new Answer(503, "");
        });
    int port = failing.port();
    try (SchemaRegistryClient client =
        client(RegistryConfig.of(failing.url()).withRetry(PATIENT))) {
      CompletableFuture<Schema> schema = client.schema(1);
      await().until(() -> asked.get() >= 2);
      failing.close();
      assertThat(schema).isNotDone();

      // When
      try (ScriptedRegistry again = ScriptedRegistry.start(port, seen -> STRING)) {

        // Then
        assertThat(schema).succeedsWithin(Duration.ofSeconds(10));
        assertThat(again.seen()).isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503})
  void aPassingFailureIsAskedAgain(int status) throws IOException {
    // Given
    AtomicInteger asked = new AtomicInteger();
    try (ScriptedRegistry registry =
            ScriptedRegistry.start(
                seen -> asked.getAndIncrement() == 0 ? new Answer(status, "{}") : STRING);
        SchemaRegistryClient client = client(RegistryConfig.of(registry.url()).withRetry(FAST))) {

      // Then
      assertThat(client.schema(1)).succeedsWithin(Duration.ofSeconds(10));
      assertThat(asked).hasValue(2);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 200, 302})
  void aPageOfSomethingElseIsNoAnswerAboutASchema(int status) throws IOException {
    try (ScriptedRegistry registry =
            ScriptedRegistry.start(seen -> new Answer(status, "<html>hello</html>"));
        SchemaRegistryClient client = client(RegistryConfig.of(registry.url()).withRetry(FAST))) {
      assertThat(client.schema(1))
          .failsWithin(Duration.ofSeconds(10))
          .withThrowableThat()
          .havingCause()
          .isInstanceOf(RegistryUnavailableException.class)
          .withMessageContaining("check the URL and its path");
    }
  }

  @Test
  void anotherUrlServesWhenTheFirstIsDownAndStaysTheFirstChoice() throws IOException {
    // Given
    AtomicInteger refused = new AtomicInteger();
    try (ScriptedRegistry broken =
            ScriptedRegistry.start(seen -> {
              refused.incrementAndGet();
              return new Answer(503, "");
            });
        ScriptedRegistry sound = ScriptedRegistry.start(seen -> STRING);
        SchemaRegistryClient client =
            client(RegistryConfig.of(broken.url(), sound.url()).withRetry(FAST))) {

      // When
      assertThat(client.schema(1)).succeedsWithin(Duration.ofSeconds(10));
      assertThat(client.schema(2)).succeedsWithin(Duration.ofSeconds(10));

      // Then
      assertThat(refused).hasValue(1);
      assertThat(sound.seen()).hasSize(2);
    }
  }

  private static SchemaRegistryClient client(RegistryConfig config) {
    return new SchemaRegistryClient(config);
  }

  private static URI goneUrl() throws IOException {
    try (ScriptedRegistry registry = ScriptedRegistry.start(seen -> STRING)) {
      return registry.url();
    }
  }
}
