/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.processors.admission.AdmissionConfig;
import io.streambed.processors.answers.AnswersConfig;
import io.streambed.processors.bedrock.AssumedRole;
import io.streambed.processors.bedrock.BedrockConfig;
import io.streambed.processors.budget.Budget;
import io.streambed.processors.budget.Budget.WhenSpent;
import io.streambed.processors.budget.BudgetConfig;
import io.streambed.processors.invocation.BreakerConfig;
import io.streambed.processors.invocation.InvocationConfig;
import io.streambed.processors.invocation.RetryConfig;
import io.streambed.processors.limit.TenantConfig;
import io.streambed.processors.model.CachePoints;
import io.streambed.processors.model.Lane;
import io.streambed.processors.model.ModelAlias;
import io.streambed.processors.model.PricesConfig;
import io.streambed.processors.model.Quota;
import io.streambed.processors.model.Route;
import io.streambed.processors.model.Tier;
import io.streambed.processors.ops.OpsConfig;
import io.streambed.processors.redrive.RedriveConfig;
import io.streambed.schemas.Operation;
import io.streambed.schemas.Priority;
import io.streambed.schemas.registry.RegistryAuth;
import io.streambed.schemas.registry.RegistryConfig;
import io.streambed.schemas.registry.TrustStore;
import io.streambed.schemas.serdes.SubjectNaming;
import io.streambed.schemas.state.Feature;
import io.streambed.schemas.topics.Topics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names every key with its default and with where its value goes, so that none is forgotten. */
class EveryKeyTest {

  @TempDir Path folder;
  private Path trust;
  private Path prices;

  @BeforeEach
  void files() throws IOException {
    trust = Files.createFile(folder.resolve("trust.pem"));
    prices = Files.createFile(folder.resolve("prices.yaml"));
  }

  @Test
  void everyDefaultIsTheDocumentedOne() {
    // When
    StreambedConfig config =
        ConfigLoader.load(
                Map.of(
                    "models.m.id", "amazon.nova-lite-v1:0",
                    "models.m.region", "eu-west-1",
                    "instance.id", "a"),
                Map.of())
            .config();

    // Then
    assertThat(config)
        .isEqualTo(
            new StreambedConfig(
                new KafkaConfig(
                    "127.0.0.1:9092",
                    Map.of(),
                    "streambed",
                    "a",
                    Path.of("streambed-state"),
                    1,
                    0,
                    4,
                    Duration.ofMillis(5),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10)),
                new RegistryConfig(
                    List.of(URI.create("http://127.0.0.1:8081")),
                    new RegistryAuth.None(),
                    Optional.empty(),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(10),
                    new io.streambed.schemas.registry.RetryConfig(
                        5, Duration.ofMillis(100), Duration.ofSeconds(2)),
                    Duration.ofSeconds(30)),
                new SubjectsConfig(SubjectNaming.TOPIC_NAME, true),
                new Topics(
                    "prompt-requests",
                    "embedding-requests",
                    "prompt-results",
                    "embedding-results",
                    "dead-letters",
                    "usage-events",
                    "control",
                    "budget-events",
                    "jobs-held",
                    "moved-calls",
                    "redrives",
                    "replay-requests",
                    "replay-runs"),
                new AdmissionConfig(true, false, 4, 900_000, "replay-"),
                new AnswersConfig(Duration.ofDays(1), 1L << 30, Duration.ofDays(1), 200),
                new InvocationConfig(
                    false,
                    32,
                    20_000,
                    256L << 20,
                    new RetryConfig(
                        5,
                        Duration.ofMinutes(10),
                        Duration.ofMillis(200),
                        Duration.ofSeconds(20),
                        10),
                    new BreakerConfig(50, 50, Duration.ofSeconds(10)),
                    Duration.ofMillis(50),
                    1 << 20,
                    Duration.ofSeconds(5),
                    200,
                    Duration.ofSeconds(30),
                    Duration.ofMillis(10),
                    Duration.ofMinutes(1)),
                new BedrockConfig(
                    "eu-west-1",
                    Optional.empty(),
                    false,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(20),
                    Duration.ofMinutes(15),
                    Duration.ofMinutes(16),
                    Optional.empty(),
                    Optional.empty()),
                Map.of(
                    "m",
                    ModelAlias.of(
                        "m",
                        Operation.PROMPT,
                        new Lane("amazon.nova-lite-v1:0", "eu-west-1", 64),
                        "1",
                        4_096)),
                Map.of(),
                new BudgetConfig(Budget.NONE, Map.of(), List.of(50, 80, 100)),
                RedriveConfig.defaults(),
                new OpsConfig(true, "127.0.0.1", 8090, Optional.empty()),
                new PricesConfig(Optional.empty(), true)));
  }

  @Test
  void everyKeyGoesWhereItBelongs() {
    // When
    StreambedConfig config = ConfigLoader.load(everyKey(), Map.of()).config();

    // Then
    assertThat(config)
        .isEqualTo(
            new StreambedConfig(
                new KafkaConfig(
                    "b:1,c:2",
                    Map.of("security.protocol", "SSL"),
                    "app",
                    "inst",
                    Path.of("/s"),
                    2,
                    3,
                    5,
                    Duration.ofMillis(6),
                    Duration.ofMillis(700),
                    Duration.ofMillis(8_000),
                    Duration.ofMillis(9_000)),
                new RegistryConfig(
                    List.of(URI.create("http://r1:1"), URI.create("https://r2/x")),
                    new RegistryAuth.Basic("u", "p"),
                    Optional.of(new TrustStore(trust, Optional.of("tp"))),
                    Duration.ofMillis(11),
                    Duration.ofMillis(12),
                    new io.streambed.schemas.registry.RetryConfig(
                        13, Duration.ofMillis(14), Duration.ofMillis(15)),
                    Duration.ofMillis(16)),
                new SubjectsConfig(SubjectNaming.RECORD_NAME, false),
                new Topics(
                    "t1", "t2", "t3", "t4", "t5", "t6", "t8", "t9", "t7", "t10", "t11", "t12",
                    "t13"),
                new AdmissionConfig(false, true, 17, 1_800, "again-"),
                new AnswersConfig(Duration.ofMillis(19), 2_000_000, Duration.ofMillis(210_000), 22),
                new InvocationConfig(
                    true,
                    23,
                    24,
                    2_500_000,
                    new RetryConfig(
                        26,
                        Duration.ofMillis(27),
                        Duration.ofMillis(28),
                        Duration.ofMillis(29),
                        30),
                    new BreakerConfig(31, 32.5f, Duration.ofMillis(33)),
                    Duration.ofMillis(34),
                    3_500,
                    Duration.ofMillis(360),
                    37,
                    Duration.ofMillis(380),
                    Duration.ofMillis(39),
                    Duration.ofMillis(40)),
                new BedrockConfig(
                    "us-west-2",
                    Optional.of(URI.create("http://b:3")),
                    true,
                    Duration.ofMillis(41),
                    Duration.ofMillis(42),
                    Duration.ofMillis(43),
                    Duration.ofMillis(44),
                    Optional.of("prof"),
                    Optional.of(new AssumedRole("arn:r", "sess", Optional.of("ext")))),
                Map.of(
                    "m.1",
                    new ModelAlias(
                        "m.1",
                        Operation.EMBEDDING,
                        List.of(Route.to(new Lane("cohere.embed-v4:0", "eu-north-1", 45))),
                        ModelAlias.Spread.IN_ORDER,
                        "46",
                        47,
                        true,
                        CachePoints.NONE),
                    "n",
                    new ModelAlias(
                        "n",
                        Operation.PROMPT,
                        List.of(
                            new Route(
                                new Lane(
                                    "us.anthropic.claude-sonnet-5",
                                    "ap-south-1",
                                    Tier.PRIORITY,
                                    50,
                                    new Quota(
                                        OptionalLong.of(53),
                                        OptionalLong.of(54),
                                        OptionalLong.of(55),
                                        56)),
                                49,
                                new Route.Terms(
                                    Set.of("t"),
                                    Set.of(Priority.INTERACTIVE),
                                    EnumSet.complementOf(EnumSet.of(Feature.IMAGES)),
                                    51,
                                    Duration.ofMillis(52)))),
                        ModelAlias.Spread.BY_WEIGHT,
                        "1",
                        4_096,
                        false,
                        new CachePoints(
                            Set.of(CachePoints.Place.SYSTEM, CachePoints.Place.TOOLS), true))),
                Map.of("x", new TenantConfig(57, OptionalLong.of(58), OptionalLong.of(59))),
                new BudgetConfig(
                    new Budget(OptionalLong.empty(), OptionalLong.empty(), WhenSpent.WAIT),
                    Map.of("x", Budget.NONE),
                    List.of(60)),
                new RedriveConfig(true, Duration.ofMillis(61), 62, 63),
                new OpsConfig(false, "0.0.0.0", 48, Optional.of("h")),
                new PricesConfig(Optional.of(prices), false)));
  }

  @Test
  void aTokenIsTheOtherWayToSayWhoWeAre() {
    // Given
    Map<String, String> settings = new HashMap<>(everyKey());
    settings.keySet().removeAll(Set.of("registry.basic.user", "registry.basic.password"));
    settings.put("registry.bearer.token", "t");

    // When
    StreambedConfig config = ConfigLoader.load(settings, Map.of()).config();

    // Then
    assertThat(config.registry().auth()).isEqualTo(new RegistryAuth.Bearer("t"));
  }

  @Test
  void noKeyIsMissingAboveAndNoneHasItsDefaultThere() {
    // Given
    LoadedConfig defaults =
        ConfigLoader.load(
            Map.of(
                "models.m.1.id", "x",
                "models.n.lanes", "l",
                "lanes.l.id", "y",
                "tenants.x.weight", "1",
                "bedrock.region", "us-east-1",
                "instance.id", "a"),
            Map.of());
    Map<String, String> preset =
        defaults.settings().stream()
            .filter(setting -> !setting.key().matches("models\\.m\\.1\\.(lanes|cache\\..*)"))
            .filter(setting ->
                !setting.key().startsWith("models.n.")
                    || setting.key().matches("models\\.n\\.(lanes|cache\\..*)"))
            .collect(Collectors.toMap(Setting::key, Setting::value));

    // When
    Map<String, String> every = new HashMap<>(everyKey());
    every.put("registry.bearer.token", "t");

    // Then
    assertThat(every.keySet())
        .filteredOn(key -> !key.startsWith("kafka.client."))
        .containsExactlyInAnyOrderElementsOf(preset.keySet());
    assertThat(every).allSatisfy((key, value) -> assertThat(value).isNotEqualTo(preset.get(key)));
  }

  @Test
  void everyKeyCanBeSetByTheEnvironment() {
    // Given
    Map<String, String> environment =
        everyKey().entrySet().stream()
            .collect(
                Collectors.toMap(
                    e ->
                        "STREAMBED_"
                            + e.getKey().toUpperCase(java.util.Locale.ROOT).replace('.', '_'),
                    Map.Entry::getValue));

    // When
    StreambedConfig config =
        ConfigLoader.load(
                Map.of("models.m.1.id", "x", "models.n.lanes", "l", "lanes.l.id", "y"), environment)
            .config();

    // Then
    assertThat(config).isEqualTo(ConfigLoader.load(everyKey(), Map.of()).config());
  }

  private Map<String, String> everyKey() {
    return EveryKey.with(trust, prices);
  }
}
