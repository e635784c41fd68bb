/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.schemas.registry.ScriptedRegistry.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** Schemas by id: asked for once, kept, shared. */
class SchemaFetchIT {

  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Answer STRING = ScriptedRegistry.schema("\"string\"");

  @Test
  void aSchemaIsFetchedOnceAndIsAtHandAfterwards() throws IOException {
    try (ScriptedRegistry registry = ScriptedRegistry.start(seen -> STRING);
        SchemaRegistryClient client = client(registry)) {
      // When
      assertThat(client.cached(1)).isEmpty();
      assertThat(client.schema(1)).succeedsWithin(SOON);
      assertThat(client.schema(1)).isCompleted();

      // Then
      assertThat(client.cached(1)).contains(Schema.create(Schema.Type.STRING));
      assertThat(registry.seen()).singleElement().matches(s -> s.path().equals("/schemas/ids/1"));
    }
  }

  @Test
  void questionsForOneIdInFlightShareARequestAndCannotCancelEachOther() throws Exception {
    // Given
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    try (ScriptedRegistry registry =
            ScriptedRegistry.start(seen -> {
              asked.countDown();
              await(answer);
              return STRING;
            });
        SchemaRegistryClient client = client(registry)) {
      CompletableFuture<Schema> first = client.schema(1);
      await(asked);
      CompletableFuture<Schema> second = client.schema(1);

      // When
      first.cancel(true);
      answer.countDown();

      // Then
      assertThat(second).succeedsWithin(SOON);
      assertThat(registry.seen()).hasSize(1);
    }
  }

  @Test
  void anUnknownIdIsNotAskedForAgainForAWhile() throws IOException {
    // Given
    AtomicLong now = new AtomicLong();
    try (ScriptedRegistry registry =
            ScriptedRegistry.start(
                seen -> now.get() == 0 ? ScriptedRegistry.error(404, 40403) : STRING);
        SchemaRegistryClient client =
            new SchemaRegistryClient(
                RegistryConfig.of(registry.url()).withUnknownIdTtl(Duration.ofSeconds(30)),
                now::get)) {
      // When
      for (int i = 0; i < 3; i++) {
        assertThat(client.schema(9))
            .failsWithin(SOON)
            .withThrowableThat()
            .havingCause()
            .isInstanceOf(SchemaNotFoundException.class)
            .withMessage("the schema registry does not know schema id 9");
      }
      assertThat(registry.seen()).hasSize(1);
      now.set(Duration.ofSeconds(31).toNanos());

      // Then
      assertThat(client.schema(9)).succeedsWithin(SOON);
    }
  }

  @Test
  void aSchemaThatRefersToOthersIsPutTogether() throws IOException {
    // Given
    String inner = "{\"type\":\"record\",\"name\":\"a.Inner\",\"fields\":[]}";
    String outer =
        "{\"type\":\"record\",\"name\":\"a.Outer\",\"fields\":[{\"name\":\"i\",\"type\":\"a.Inner\"}]}";
    Answer withReference =
        new Answer(
            200,
            ScriptedRegistry.schema(outer).body().replaceFirst("}$", "")
                + ",\"references\":[{\"name\":\"a.Inner\",\"subject\":\"in/ner\",\"version\":3}]}");
    try (ScriptedRegistry registry =
            ScriptedRegistry.start(seen ->
                seen.path().equals("/subjects/in%2Fner/versions/3")
                    ? ScriptedRegistry.schema(inner)
                    : withReference);
        SchemaRegistryClient client = client(registry)) {
      // Then
      assertThat(client.schema(1))
          .succeedsWithin(SOON)
          .extracting(schema -> schema.getField("i").schema().getFullName())
          .isEqualTo("a.Inner");
    }
  }

  @Test
  void aSchemaOfAnotherKindOrABrokenOneIsInvalidAndNotUnknown() throws IOException {
    try (ScriptedRegistry registry =
            ScriptedRegistry.start(seen ->
                seen.path().endsWith("1")
                    ? new Answer(200, "{\"schemaType\": \"PROTOBUF\", \"schema\": \"x\"}")
                    : ScriptedRegistry.schema("{\"type\": \"nonsense\"}"));
        SchemaRegistryClient client = client(registry)) {
      assertThat(client.schema(1))
          .failsWithin(SOON)
          .withThrowableThat()
          .havingCause()
          .isInstanceOf(InvalidSchemaException.class)
          .withMessageContaining("PROTOBUF");
      assertThat(client.schema(2))
          .failsWithin(SOON)
          .withThrowableThat()
          .havingCause()
          .isInstanceOf(InvalidSchemaException.class)
          .withMessageContaining("schema id 2");
    }
  }

  private static SchemaRegistryClient client(ScriptedRegistry registry) {
    return new SchemaRegistryClient(RegistryConfig.of(registry.url()));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
