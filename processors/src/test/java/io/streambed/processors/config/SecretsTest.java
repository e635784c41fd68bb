/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.streambed.schemas.registry.RegistryAuth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

  private static final String CANARY = "canary-7c1f";

  @TempDir Path folder;

  @Test
  void noSecretIsShownByWhatWasLoaded() {
    // When
    LoadedConfig loaded = ConfigLoader.load(secrets(), Map.of());

    // Then
    assertThat(loaded.config().registry().auth()).isEqualTo(new RegistryAuth.Basic("user", CANARY));
    assertThat(loaded.config().kafka().client()).containsEntry("sasl.jaas.config", CANARY);
    assertThat(loaded.toString()).doesNotContain(CANARY);
    assertThat(ConfigReference.effective(loaded))
        .doesNotContain(CANARY)
        .contains("registry.basic.password = [hidden]")
        .contains("kafka.client.sasl.jaas.config = [hidden]")
        .contains("bedrock.role.external.id = [hidden]");
  }

  @Test
  void noSecretIsShownByErrors() {
    // Given
    Map<String, String> settings = new HashMap<>(secrets());
    settings.put("registry.urls", "http://user:" + CANARY + "@host:1");
    settings.put("registry.bearer.token", CANARY);
    settings.put("registry.truststore.password", CANARY);
    settings.put("kafka.client.group.id", CANARY);
    settings.put("registry.basic.pasword", CANARY);
    settings.remove("bedrock.role.arn");

    // When
    InvalidConfigException wrong =
        catchThrowableOfType(
            InvalidConfigException.class, () -> ConfigLoader.load(settings, Map.of()));

    // Then
    assertThat(wrong.problems())
        .extracting(ConfigProblem::key)
        .containsExactlyInAnyOrder(
            "registry.urls",
            "registry.bearer.token",
            "registry.truststore.password",
            "kafka.client.group.id",
            "registry.basic.pasword",
            "bedrock.role.external.id");
    assertThat(wrong.toString()).doesNotContain(CANARY);
  }

  @Test
  void brokenYamlIsToldByItsPlaceAlone() throws IOException {
    // Given
    Path file = Files.writeString(folder.resolve("s.yaml"), "a: 1\nregistry: {x: " + CANARY);

    // When
    InvalidConfigException wrong =
        catchThrowableOfType(InvalidConfigException.class, () -> ConfigLoader.load(file, Map.of()));

    // Then
    assertThat(wrong).hasMessageContaining("line 2").hasMessageNotContaining(CANARY).hasNoCause();
  }

  @Test
  void aSecretIsReadFromAFile() throws IOException {
    // Given
    Path file = Files.writeString(folder.resolve("token"), CANARY + "\n");

    // When
    LoadedConfig loaded =
        ConfigLoader.load(model(), Map.of("STREAMBED_REGISTRY_BEARER_TOKEN_FILE", file.toString()));

    // Then
    assertThat(loaded.config().registry().auth()).isEqualTo(new RegistryAuth.Bearer(CANARY));
    assertThat(loaded.settings())
        .contains(
            new Setting(
                "Schema registry",
                "registry.bearer.token",
                "[hidden]",
                Setting.Origin.ENVIRONMENT));
  }

  @Test
  void aSecretAndItsFileTogetherAreRefused() {
    // Given
    Map<String, String> settings = new HashMap<>(model());
    settings.put("registry.bearer.token", CANARY);
    settings.put("registry.bearer.token.file", "/nowhere");

    // When
    InvalidConfigException wrong =
        catchThrowableOfType(
            InvalidConfigException.class, () -> ConfigLoader.load(settings, Map.of()));

    // Then
    assertThat(wrong)
        .hasMessageContaining("Give the secret or its file, not both")
        .hasMessageNotContaining(CANARY);
  }

  @Test
  void aSecretOfTheEnvironmentReplacesTheFilesFile() {
    // Given
    Map<String, String> settings = new HashMap<>(model());
    settings.put("registry.bearer.token.file", "/nowhere");

    // When
    LoadedConfig loaded =
        ConfigLoader.load(settings, Map.of("STREAMBED_REGISTRY_BEARER_TOKEN", CANARY));

    // Then
    assertThat(loaded.config().registry().auth()).isEqualTo(new RegistryAuth.Bearer(CANARY));
  }

  private static Map<String, String> model() {
    return Map.of("models.m.id", "x", "bedrock.region", "us-east-1");
  }

  private static Map<String, String> secrets() {
    Map<String, String> settings = new HashMap<>(model());
    settings.put("registry.basic.user", "user");
    settings.put("registry.basic.password", CANARY);
    settings.put("kafka.client.sasl.jaas.config", CANARY);
    settings.put("bedrock.role.arn", "arn:x");
    settings.put("bedrock.role.external.id", CANARY);
    return settings;
  }
}
