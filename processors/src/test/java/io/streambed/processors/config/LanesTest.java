/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.streambed.processors.model.Lane;
import io.streambed.processors.model.ModelAlias;
import io.streambed.processors.model.ModelAlias.Spread;
import io.streambed.processors.model.Quota;
import io.streambed.processors.model.Route;
import io.streambed.processors.model.Tier;
import io.streambed.schemas.Priority;
import io.streambed.schemas.state.Feature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LanesTest {

  private static final Map<String, String> TWO =
      Map.of(
          "bedrock.region", "us-east-1",
          "lanes.east.id", "us.a.sonnet",
          "lanes.west.id", "us.a.sonnet",
          "lanes.west.region", "us-west-2");

  @Test
  void anAliasTriesItsLanesInTheirOrder() {
    // When
    ModelAlias alias = alias(Map.of("models.m.lanes", "west, east"));

    // Then
    assertThat(alias.spread()).isEqualTo(Spread.IN_ORDER);
    assertThat(alias.lanes())
        .containsExactly(
            new Lane("us.a.sonnet", "us-west-2", 64), new Lane("us.a.sonnet", "us-east-1", 64));
  }

  @Test
  void withWeightsItSpreadsRequests() {
    // When
    ModelAlias alias = alias(Map.of("models.m.lanes", "west:3, east:1"));

    // Then
    assertThat(alias.spread()).isEqualTo(Spread.BY_WEIGHT);
    assertThat(alias.routes()).extracting(Route::weight).containsExactly(3, 1);
  }

  @Test
  void aLaneSaysWhatItTakes() {
    // When
    ModelAlias alias =
        alias(
            Map.of(
                "models.m.lanes", "east",
                "lanes.east.tier", "flex",
                "lanes.east.tenants", "acme, umbrella",
                "lanes.east.priorities", "background",
                "lanes.east.lacks", "images",
                "lanes.east.max.input.bytes", "1000",
                "lanes.east.min.time.left.ms", "60000"));

    // Then
    assertThat(alias.lane())
        .isEqualTo(new Lane("us.a.sonnet", "us-east-1", Tier.FLEX, 64, Quota.NONE));
    assertThat(alias.routes().getFirst().terms())
        .isEqualTo(
            new Route.Terms(
                Set.of("acme", "umbrella"),
                Set.of(Priority.BACKGROUND),
                EnumSet.complementOf(EnumSet.of(Feature.IMAGES)),
                1_000,
                Duration.ofMinutes(1)));
  }

  @Test
  void theExampleOfTheOperationsPageIsAConfiguration() throws IOException {
    // Given
    String page = Files.readString(Path.of("../docs/operations.md"));
    String lanes = page.substring(page.indexOf("## Lanes"));
    String yaml = lanes.substring(lanes.indexOf("```yaml\n") + 8, lanes.indexOf("\n```\n"));

    // When
    Map<String, String> settings =
        new YamlSettings("page", new YAMLFactory().createParser(yaml)).read();
    ModelAlias alias =
        Objects.requireNonNull(
            ConfigLoader.load(settings, Map.of("STREAMBED_BEDROCK_REGION", "us-east-1"))
                .config()
                .models()
                .get("sonnet"));

    // Then
    assertThat(alias.lanes())
        .extracting(Lane::region)
        .containsExactly("us-east-1", "us-west-2", "us-east-1");
    assertThat(alias.routes().getLast().terms().features()).doesNotContain(Feature.IMAGES);
  }

  @Test
  void aNameThatIsNoLaneIsToldWithTheOneThatWasMeant() {
    assertThat(problems(Map.of("models.m.lanes", "westt")))
        .containsExactly(
            new ConfigProblem(
                "models.m.lanes", "westt", "there is no lane westt", "Did you mean west?"));
  }

  @Test
  void aLaneHasAWeightWhereOthersHaveAndIsNamedOnce() {
    assertThat(problems(Map.of("models.m.lanes", "east:1, west")))
        .extracting(ConfigProblem::problem)
        .containsExactly("the lane has no weight, and others have");
    assertThat(problems(Map.of("models.m.lanes", "east, east")))
        .extracting(ConfigProblem::problem)
        .containsExactly("the lane is there twice");
  }

  @Test
  void aModelHasAnIdOrLanesAndNotBoth() {
    assertThat(problems(Map.of("models.m.lanes", "east", "models.m.id", "x")))
        .extracting(ConfigProblem::problem)
        .containsExactly("the model has lanes and an id");
    assertThat(problems(Map.of("models.m.lanes", "east", "models.m.concurrency", "3")))
        .extracting(ConfigProblem::key)
        .containsExactly("models.m.concurrency");
  }

  @Test
  void noTwoLanesAreTheSame() {
    assertThat(
            problems(
                Map.of(
                    "models.m.lanes", "east",
                    "lanes.orient.id", "us.a.sonnet")))
        .extracting(ConfigProblem::problem)
        .containsExactly("lanes.east is the same model in the same region and tier");
    assertThat(problems(Map.of("models.m.lanes", "east", "models.n.id", "us.a.sonnet")))
        .extracting(ConfigProblem::fix)
        .containsExactly("Say models.n.lanes = east instead");
  }

  @Test
  void vectorsOfDifferentModelsDoNotStandForEachOther() {
    assertThat(
            problems(
                Map.of(
                    "models.m.lanes", "a, b",
                    "lanes.a.id", "cohere.embed-english-v3",
                    "lanes.b.id", "amazon.titan-embed-text-v2:0")))
        .extracting(ConfigProblem::problem)
        .containsExactly("vectors of different models cannot stand for each other");
    assertThat(
            problems(Map.of("models.m.lanes", "a, east", "lanes.a.id", "cohere.embed-english-v3")))
        .hasSize(1);
  }

  private static ModelAlias alias(Map<String, String> more) {
    return Objects.requireNonNull(load(more).models().get("m"));
  }

  private static StreambedConfig load(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(TWO);
    all.putAll(more);
    return ConfigLoader.load(all, Map.of()).config();
  }

  private static List<ConfigProblem> problems(Map<String, String> more) {
    return catchThrowableOfType(InvalidConfigException.class, () -> load(more)).problems();
  }
}
