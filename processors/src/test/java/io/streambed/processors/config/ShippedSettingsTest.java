/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedSettingsTest {

  @TempDir Path folder;

  @Test
  void theExampleForAwsLoads() throws IOException {
    // Given
    Path secret = Files.writeString(folder.resolve("secret"), "s\n");
    Path example =
        Files.writeString(
            folder.resolve("streambed.yaml"),
            Files.readString(Path.of("..", "deploy", "streambed.yaml"))
                .replaceAll("/run/secrets/[a-z-]+", secret.toString()));

    // When
    StreambedConfig config = ConfigLoader.load(example, Map.of()).config();

    // Then
    assertThat(config.kafka().client()).containsEntry("sasl.jaas.config", "s");
    assertThat(config.bedrock().endpoint()).isEmpty();
    assertThat(Objects.requireNonNull(config.models().get("cohere-embed")).lane().region())
        .isEqualTo("us-west-2");
  }
}
