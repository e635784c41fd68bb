/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.schemas.registry.Compatibility;
import io.streambed.schemas.registry.IncompatibleSchemaException;
import io.streambed.schemas.registry.RegisteredSchema;
import io.streambed.schemas.registry.RegistryConfig;
import io.streambed.schemas.registry.RegistryException;
import io.streambed.schemas.registry.SchemaNotFoundException;
import io.streambed.schemas.registry.SchemaRegistryClient;
import io.streambed.schemas.released.ContractRecords;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the client counts on; each registry has a subclass that starts it. */
abstract class RegistryContract {

  static final Duration SOON = Duration.ofSeconds(20);

  /** Nothing registered before has it. */
  final String subject = "a/b c-" + UUID.randomUUID() + "-value";

  SchemaRegistryClient client;

  /** Base URL of the registry. */
  abstract URI url();

  @BeforeEach
  void connect() {
    client = new SchemaRegistryClient(RegistryConfig.of(url()));
  }

  @AfterEach
  void disconnect() {
    client.close();
  }

  @Test
  void aRegisteredSchemaIsFoundByItsIdItsSubjectAndItself() {
    // Given
    Schema schema = version(1);

    // When
    int id = get(client.register(subject, schema));

    // Then
    try (SchemaRegistryClient other = new SchemaRegistryClient(RegistryConfig.of(url()))) {
      assertThat(get(other.schema(id))).isEqualTo(schema);
      assertThat(other.cached(id)).contains(schema);
      assertThat(get(other.latest(subject)))
          .isEqualTo(new RegisteredSchema(subject, 1, id, schema));
      assertThat(get(other.version(subject, 1)).id()).isEqualTo(id);
      assertThat(get(other.lookup(subject, schema)).id()).isEqualTo(id);
      assertThat(get(other.subjects())).contains(subject);
    }
  }

  @Test
  void registeringAgainGivesTheSameId() {
    int id = get(client.register(subject, version(1)));
    try (SchemaRegistryClient other = new SchemaRegistryClient(RegistryConfig.of(url()))) {
      assertThat(get(other.register(subject, version(1)))).isEqualTo(id);
      assertThat(get(other.versions(subject))).containsExactly(1);
    }
  }

  @Test
  void aCompatibleChangeBecomesTheNextVersion() {
    // Given
    get(client.setCompatibility(subject, Compatibility.BACKWARD));
    int first = get(client.register(subject, version(1)));

    // When
    assertThat(get(client.test(subject, version(2))).compatible()).isTrue();
    int second = get(client.register(subject, version(2)));

    // Then
    assertThat(second).isNotEqualTo(first);
    assertThat(get(client.versions(subject))).containsExactly(1, 2);
    assertThat(get(client.latest(subject)).id()).isEqualTo(second);
  }

  @Test
  void anIncompatibleChangeIsRefusedAndSaysWhichSubject() {
    // Given
    get(client.setCompatibility(subject, Compatibility.BACKWARD));
    get(client.register(subject, version(1)));
    Schema breaking =
        SchemaBuilder.record("Sample").namespace("a").fields().requiredLong("other").endRecord();

    // Then
    assertThat(get(client.test(subject, breaking)).compatible()).isFalse();
    assertFails(client.register(subject, breaking), IncompatibleSchemaException.class, subject);
    assertThat(get(client.versions(subject))).containsExactly(1);
  }

  @Test
  void whatIsNotThereIsNotFound() {
    get(client.register(subject, version(1)));
    assertFails(client.schema(2_000_000_000), SchemaNotFoundException.class, "id 2000000000");
    assertFails(client.lookup(subject, version(2)), SchemaNotFoundException.class, subject);
    assertFails(client.version(subject, 9), SchemaNotFoundException.class, "version 9");
    assertFails(client.versions(subject + "-none"), SchemaNotFoundException.class, "-none");
    assertFails(client.latest(subject + "-none"), SchemaNotFoundException.class, "-none");
  }

  @Test
  void theCompatibilityRuleOfASubjectIsItsOwn() {
    get(client.setCompatibility(Compatibility.BACKWARD));
    get(client.setCompatibility(subject, Compatibility.FULL_TRANSITIVE));

    assertThat(get(client.compatibility(subject))).isEqualTo(Compatibility.FULL_TRANSITIVE);
    assertThat(get(client.compatibility())).isEqualTo(Compatibility.BACKWARD);
  }

  @Test
  void everySchemaOfTheContractIsKeptWhole() {
    ContractRecords.named()
        .values()
        .forEach(schema -> {
          int id = get(client.register(subject + schema.getName(), schema));
          Schema kept = get(client.schema(id));
          assertThat(SchemaNormalization.toParsingForm(kept))
              .isEqualTo(SchemaNormalization.toParsingForm(schema));
          assertThat(kept.getDoc()).isEqualTo(schema.getDoc());
        });
  }

  /** A record with as many fields as its version; later ones can be left out. */
  static Schema version(int version) {
    SchemaBuilder.FieldAssembler<Schema> fields =
        SchemaBuilder.record("Sample").namespace("a").doc("Für Proben.").fields();
    fields.requiredString("field1");
    for (int i = 2; i <= version; i++) {
      fields.optionalString("field" + i);
    }
    return fields.endRecord();
  }

  static <T> T get(CompletableFuture<T> future) {
    assertThat(future).succeedsWithin(SOON);
    return future.join();
  }

  static void assertFails(
      CompletableFuture<?> future, Class<? extends RegistryException> kind, String named) {
    assertThat(future)
        .failsWithin(SOON)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(kind)
        .withMessageContaining(named);
  }
}
