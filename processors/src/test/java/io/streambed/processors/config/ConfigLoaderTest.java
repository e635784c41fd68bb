/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.streambed.processors.model.Lane;
import io.streambed.processors.model.ModelAlias;
import io.streambed.schemas.Operation;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ConfigLoaderTest {

  private static final Map<String, String> ONE_MODEL =
      Map.of("models.default.id", "amazon.nova-lite-v1:0", "bedrock.region", "us-east-1");

  @Test
  void theLocalProfileNeedsNothingElse() {
    // When
    StreambedConfig config = ConfigLoader.local(Map.of()).config();

    // Then
    assertThat(config.kafka().bootstrapServers()).isEqualTo("127.0.0.1:9092");
    assertThat(config.registry().urls()).containsExactly(URI.create("http://127.0.0.1:8081"));
    assertThat(config.bedrock().endpoint()).contains(URI.create("http://127.0.0.1:8000"));
    assertThat(config.models().keySet())
        .containsExactlyInAnyOrder(
            "default", "claude-sonnet", "claude-haiku", "nova-lite", "titan-embed", "cohere-embed");
    assertThat(Objects.requireNonNull(config.models().get("cohere-embed")).operation())
        .isEqualTo(Operation.EMBEDDING);
  }

  @Test
  void theEnvironmentWinsOverTheFile() {
    // When
    StreambedConfig config =
        ConfigLoader.load(
                ONE_MODEL,
                Map.of(
                    "STREAMBED_BEDROCK_REGION", "eu-west-1",
                    "STREAMBED_MODELS_DEFAULT_CONCURRENCY", "7",
                    "STREAMBED_MODELS_NOVA_MICRO_ID", "amazon.nova-micro-v1:0",
                    "STREAMBED_KAFKA_CLIENT_SECURITY_PROTOCOL", "SASL_SSL"))
            .config();

    // Then
    assertThat(config.models().get("default"))
        .isEqualTo(
            ModelAlias.of(
                "default",
                Operation.PROMPT,
                new Lane("amazon.nova-lite-v1:0", "eu-west-1", 7),
                "1",
                4_096));
    assertThat(config.models()).containsKey("nova-micro");
    assertThat(config.kafka().client()).containsExactly(Map.entry("security.protocol", "SASL_SSL"));
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() {
    // When
    InvalidConfigException wrong =
        catchThrowableOfType(
            InvalidConfigException.class,
            () ->
                ConfigLoader.load(
                    Map.of(
                        "stream.threads", "many",
                        "ops.port", "70000",
                        "kafka.bootstrap.server", "x:1",
                        "retry.backoff.ms", "30000"),
                    Map.of("STREAMBED_OPS_PRT", "1")));

    // Then
    assertThat(wrong.problems())
        .extracting(ConfigProblem::key)
        .containsExactlyInAnyOrder(
            "STREAMBED_OPS_PRT",
            "kafka.bootstrap.server",
            "stream.threads",
            "ops.port",
            "models",
            "retry.backoff.ms");
    assertThat(wrong)
        .hasMessageContaining("Did you mean kafka.bootstrap.servers?")
        .hasMessageContaining("Did you mean STREAMBED_OPS_PORT?")
        .hasMessageContaining("ops.port = 70000: out of range. Give a whole number, 0 to 65535.");
  }

  @Test
  void aBlankVariableSwitchesBackToTheDefault() {
    // When
    StreambedConfig config = ConfigLoader.local(Map.of("STREAMBED_BEDROCK_ENDPOINT", "")).config();

    // Then
    assertThat(config.bedrock().endpoint()).isEmpty();
  }
}
