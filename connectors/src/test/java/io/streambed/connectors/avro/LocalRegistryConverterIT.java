/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.streambed.local.registry.LocalRegistry;
import io.streambed.schemas.serdes.SerdeConfig;
import io.streambed.schemas.serdes.WireFormat;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.RetriableException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract on the registry that Streambed brings along. */
class LocalRegistryConverterIT extends ConverterContract {

  private static final Map<String, String> GIVEN_BACK =
      Map.of(SerdeConfig.RETRIES, "0", ConverterConfig.WAIT, "false");

  private static LocalRegistry registry;

  @BeforeAll
  static void start() {
    registry = LocalRegistry.start("127.0.0.1", 0);
  }

  @AfterAll
  static void stop() {
    registry.close();
  }

  @Override
  URI url() {
    return URI.create(registry.url());
  }

  @Test
  void aRecordWaitsForARegistryThatIsDownAndNoInterruptEndsThat() throws Exception {
    // Given
    byte[] value = prompt(topic);
    try (AvroConverter converter = converter(Map.of(SerdeConfig.RETRIES, "0"))) {
      registry.stop();
      CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
      CompletableFuture<SchemaAndValue> read = new CompletableFuture<>();

      // When
      Thread task =
          Thread.ofPlatform()
              .start(() -> {
                read.complete(converter.toConnectData(topic, value));
                interrupted.complete(Thread.interrupted());
              });
      task.interrupt();

      // Then
      assertThat(task.join(Duration.ofSeconds(2))).isFalse();
      assertThat(read).isNotDone();
      registry.restart();
      assertThat(read).succeedsWithin(SOON);
      assertThat(interrupted).succeedsWithin(SOON).isEqualTo(true);
    }
  }

  @Test
  void aConverterThatIsClosedWaitsNoLonger() {
    // Given
    byte[] value = prompt(topic);
    AvroConverter converter = converter(Map.of(SerdeConfig.RETRIES, "0"));
    registry.fail(503);
    CompletableFuture<Throwable> failure =
        CompletableFuture.supplyAsync(
            () -> catchThrowable(() -> converter.toConnectData(topic, value)));
    long asked = registry.requests();
    await().atMost(SOON).until(() -> registry.requests() > asked);

    // When
    converter.close();

    // Then
    assertThat(failure).succeedsWithin(SOON).isInstanceOf(RetriableException.class);
    registry.recover();
  }

  @Test
  void whereConnectIsToTryAgainARegistryThatIsDownIsNoBadRecordInEitherDirection() {
    // Given
    byte[] value = prompt(topic);
    SchemaAndValue prompt;
    try (AvroConverter other = converter(Map.of())) {
      prompt = other.toConnectData(topic, value);
    }
    try (AvroConverter converter = converter(GIVEN_BACK)) {
      registry.stop();

      // When
      Throwable reading = catchThrowable(() -> converter.toConnectData(topic, value));
      Throwable writing = catchThrowable(() -> written(converter, topic, prompt));
      registry.restart();

      // Then
      assertThat(reading).isInstanceOf(RetriableException.class);
      assertThat(writing).isInstanceOf(RetriableException.class);
      assertThat(converter.toConnectData(topic, value).value()).isEqualTo(prompt.value());
      assertThat(WireFormat.schemaId(written(converter, topic, prompt)))
          .isEqualTo(WireFormat.schemaId(value));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 500})
  void aRegistryThatRefusesOrFailsSaysNothingOfTheRecord(int status) {
    // Given
    byte[] value = prompt(topic);
    try (AvroConverter converter = converter(GIVEN_BACK)) {
      registry.fail(status);

      // When
      Throwable failure = catchThrowable(() -> converter.toConnectData(topic, value));
      registry.recover();

      // Then
      assertThat(failure).isInstanceOf(RetriableException.class);
    }
  }

  @Test
  void afterTheFirstRecordTheRegistryIsNotAskedAgain() {
    // Given
    byte[] value = prompt(topic);
    try (AvroConverter converter = converter(Map.of())) {
      SchemaAndValue prompt = converter.toConnectData(topic, value);
      written(converter, topic, prompt);
      long asked = registry.requests();

      // When
      written(converter, topic, converter.toConnectData(topic, value));

      // Then
      assertThat(registry.requests()).isEqualTo(asked);
    }
  }
}
