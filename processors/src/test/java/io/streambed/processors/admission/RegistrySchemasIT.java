/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.local.registry.LocalRegistry;
import io.streambed.local.registry.RegistryOptions;
import io.streambed.processors.admission.WriterSchemas.Lookup;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.registry.RegistryConfig;
import io.streambed.schemas.registry.RetryConfig;
import io.streambed.schemas.registry.SchemaRegistryClient;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegistrySchemasIT {

  private static final String OUTAGE = "the schema registry gives no answer";
  private static final String OVER = "the schema registry answers again";

  private LocalRegistry registry;
  private SchemaRegistryClient client;
  private RegistrySchemas schemas;

  @BeforeEach
  void start() {
    registry = LocalRegistry.start(RegistryOptions.ephemeral());
    client =
        new SchemaRegistryClient(
            RegistryConfig.of(URI.create(registry.url()))
                .withRetry(new RetryConfig(0, Duration.ofMillis(1), Duration.ofMillis(1))));
    schemas = new RegistrySchemas(client);
  }

  @AfterEach
  void stop() {
    client.close();
    registry.close();
  }

  @Test
  void aRegisteredSchemaIsFetchedAndIsAtHandAfterwards() {
    // Given
    int id = register();
    assertThat(schemas.cached(id)).isEmpty();

    // When
    Lookup lookup = schemas.fetch(id).join();

    // Then
    assertThat(lookup).isInstanceOf(Lookup.Known.class);
    assertThat(schemas.cached(id)).isPresent();
  }

  @Test
  void anIdThatTheRegistryDoesNotKnowIsMissing() {
    // When
    Lookup lookup = schemas.fetch(4711).join();

    // Then
    assertThat(lookup).isEqualTo(new Lookup.Missing());
    assertThat(schemas.isOut()).isFalse();
  }

  @Test
  void anOutageIsToldOnceAndSoIsItsEnd() {
    try (CapturedLogs logs = new CapturedLogs()) {
      // Given
      int id = register();
      registry.stop();

      // When
      Lookup first = schemas.fetch(id).join();
      Lookup second = schemas.fetch(id).join();

      // Then
      assertThat(first).isEqualTo(new Lookup.Unavailable());
      assertThat(second).isEqualTo(new Lookup.Unavailable());
      assertThat(schemas.isOut()).isTrue();
      assertThat(logs.count(OUTAGE)).isEqualTo(1);
      registry.restart();
      assertThat(schemas.fetch(id).join()).isInstanceOf(Lookup.Known.class);
      assertThat(schemas.isOut()).isFalse();
      assertThat(logs.count(OVER)).isEqualTo(1);
    }
  }

  @Test
  void aRegistryThatRefusesUsSaysNothingOfTheSchema() {
    // Given
    int id = register();
    registry.fail(403);

    // When
    Lookup lookup = schemas.fetch(id).join();

    // Then
    assertThat(lookup).isEqualTo(new Lookup.Unavailable());
    assertThat(schemas.isOut()).isTrue();
  }

  /** By another client, so that ours does not know the schema. */
  private int register() {
    try (SchemaRegistryClient other =
        new SchemaRegistryClient(RegistryConfig.of(URI.create(registry.url())))) {
      return other.register("prompt-requests-value", PromptRequest.getClassSchema()).join();
    }
  }
}
