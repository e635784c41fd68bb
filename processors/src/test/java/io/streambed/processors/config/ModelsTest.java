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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ModelsTest {

  @Test
  void aliasesOfOneModelInOneRegionShareALane() {
    // When
    StreambedConfig config =
        load(
            Map.of(
                "bedrock.region", "us-east-1",
                "models.a.id", "x",
                "models.b.id", "x",
                "models.b.concurrency", "7",
                "models.c.id", "x",
                "models.c.region", "eu-west-1"));

    // Then
    assertThat(model(config, "a").lane()).isEqualTo(new Lane("x", "us-east-1", 7));
    assertThat(model(config, "b").lane()).isEqualTo(new Lane("x", "us-east-1", 7));
    assertThat(model(config, "c").lane()).isEqualTo(new Lane("x", "eu-west-1", 64));
  }

  @Test
  void aliasesOfOneLaneMustAgreeOnItsConcurrency() {
    assertThat(
            problems(
                Map.of(
                    "bedrock.region", "us-east-1",
                    "models.a.id", "x",
                    "models.a.concurrency", "5",
                    "models.b.id", "x",
                    "models.b.concurrency", "7")))
        .containsExactly(
            new ConfigProblem(
                "models.b.concurrency",
                "",
                "it is 7, and models.a.concurrency is 5 for the same model and region, which share"
                    + " one lane",
                "Give both the same, or leave one out"));
  }

  @Test
  void anEmbeddingModelIsKnownByItsId() {
    // When
    StreambedConfig config =
        load(
            Map.of(
                "bedrock.region", "us-east-1",
                "models.p.id", "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
                "models.e.id", "amazon.titan-embed-text-v2:0"));

    // Then
    assertThat(model(config, "p").operation()).isEqualTo(Operation.PROMPT);
    assertThat(model(config, "e").operation()).isEqualTo(Operation.EMBEDDING);
  }

  @Test
  void everyModelNeedsAnIdAndARegion() {
    assertThat(problems(Map.of("models.a.region", "us-east-1", "models.b.id", "x")))
        .extracting(ConfigProblem::key)
        .containsExactly("models.a.id", "models.b.region");
  }

  @Test
  void thereMustBeAModel() {
    assertThat(problems(Map.of()))
        .extracting(ConfigProblem::problem)
        .containsExactly("there is no model");
  }

  @Test
  void anAliasMayHoldDots() {
    // When
    StreambedConfig config =
        load(
            Map.of(
                "bedrock.region", "us-east-1",
                "models.sonnet-4.5.id", "x",
                "models.sonnet-4.5.max.tokens", "9"));

    // Then
    assertThat(model(config, "sonnet-4.5").maxTokens()).isEqualTo(9);
  }

  private static StreambedConfig load(Map<String, String> settings) {
    return ConfigLoader.load(settings, Map.of()).config();
  }

  private static ModelAlias model(StreambedConfig config, String alias) {
    return Objects.requireNonNull(config.models().get(alias));
  }

  private static List<ConfigProblem> problems(Map<String, String> settings) {
    return catchThrowableOfType(InvalidConfigException.class, () -> load(settings)).problems();
  }
}
