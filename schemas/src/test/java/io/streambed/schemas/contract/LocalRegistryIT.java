/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.local.registry.LocalRegistry;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.registry.RegistryException;
import io.streambed.schemas.registry.RegistryUnavailableException;
import io.streambed.schemas.serdes.AvroDeserializer;
import io.streambed.schemas.serdes.AvroEncoder;
import io.streambed.schemas.serdes.Samples;
import io.streambed.schemas.serdes.SubjectNaming;
import java.net.URI;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract on the registry that Streambed brings along. */
class LocalRegistryIT extends SerdeContract {

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
  void aRegistryThatIsDownIsNotABadRecord() {
    // Given
    AvroEncoder encoder = new AvroEncoder(client, SubjectNaming.TOPIC_NAME, true);
    get(encoder.prepare(subject, PromptRequest.getClassSchema()));
    byte[] value = encoder.encode(subject, Samples.prompt());
    try (AvroDeserializer<PromptRequest> reader =
        new AvroDeserializer<>(client, PromptRequest.class)) {
      registry.stop();

      // When
      Throwable failure = Assertions.catchThrowable(() -> reader.deserialize(subject, value));
      registry.restart();

      // Then
      assertThat(failure)
          .isInstanceOf(RegistryException.class)
          .isInstanceOf(RegistryUnavailableException.class);
      assertThat(reader.deserialize(subject, value)).isEqualTo(Samples.prompt());
    }
  }
}
