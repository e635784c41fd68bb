/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streambed.cli.harness.PlatformHarness;
import io.streambed.cli.harness.Sample;
import io.streambed.cli.request.Request;
import io.streambed.local.bedrock.quota.Quota;
import io.streambed.local.bedrock.quota.Quotas.Route;
import io.streambed.local.bedrock.quota.Tally;
import io.streambed.local.port.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the lanes of two instances tell together, against what the stand-in has counted. */
class LimitsIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String MODEL = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
  private static final Route ROUTE = new Route(MODEL, "us-west-2");
  private static final int REQUESTS = 40;

  @Test
  void oneInstanceIsAskedAndTheSumOfAllIsWhatTheProviderCounted() throws Exception {
    try (PlatformHarness harness =
        PlatformHarness.start(
            Map.of(
                "lanes.main.id", MODEL,
                "lanes.main.region", "us-west-2",
                "lanes.main.requests.per.minute", "600",
                "lanes.main.tokens.per.minute", "2000000",
                "models.limited.lanes", "main",
                "models.limited.max.tokens", "100"))) {
      // Given: two instances, one of which is named, and an account that allows less than they know
      URI first = harness.serveHere("first");
      URI second = harness.serveHere("second");
      await()
          .atMost(LIMIT)
          .untilAsserted(() -> assertThat(lane(first).path("instances").asInt()).isEqualTo(2));
      harness.bedrock().quota(MODEL, "us-west-2", Quota.requests(REQUESTS - 4));

      // When
      harness.publish(
          IntStream.range(0, REQUESTS)
              .<Request>mapToObj(i ->
                  Sample.line(
                      "{\"id\":\"q-%d\",\"model\":\"limited\",\"prompt\":\"Number %d?\"}"
                          .formatted(i, i)))
              .toList());
      for (int i = 0; i < REQUESTS; i++) {
        assertThat(harness.settlements().await("q-" + i).outcome()).isEqualTo("MODEL");
      }

      // Then
      Tally counted = Objects.requireNonNull(harness.bedrock().quotas().tallies().get(ROUTE));
      JsonNode lane = lane(second);
      assertThat(lane.path("used").path("requests").asLong())
          .isEqualTo(counted.granted())
          .isEqualTo(REQUESTS);
      assertThat(lane.path("used").path("tokens").asLong()).isEqualTo(counted.usedTokens());
      assertThat(lane.path("used").path("throttlesEver").asLong()).isEqualTo(counted.refused());
      assertThat(counted.refused()).isPositive();
      assertThat(lane.path("quota").path("requestsPerMinute").asLong()).isEqualTo(600);
      assertThat(lane.path("quota").path("tokensPerDay").isNull()).isTrue();
      assertThat(lane.path("open").asInt()).isZero();
      assertThat(lane.path("setAside").asLong()).isZero();

      // Then: the same numbers, and for people
      assertThat(metric(first, "streambed_lane_used{") + metric(second, "streambed_lane_used{"))
          .isEqualTo((double) (REQUESTS + counted.usedTokens()));
      List<String> served = metrics(first);
      assertThat(documentedMeters())
          .hasSizeGreaterThan(10)
          .allSatisfy(meter -> assertThat(served).anyMatch(line -> line.startsWith(meter)));
      CommandRun table = CommandRun.of("limits", "--instance", first.toString());
      assertThat(table.exitCode()).isZero();
      assertThat(table.out()).contains(MODEL + "@us-west-2", REQUESTS + " of 600", "of 2,000,000");
      assertThat(table.err()).isEmpty();
    }
  }

  @Test
  void anInstanceThatIsGoneIsMissedAndWhereNobodyListensThatIsSaid() throws Exception {
    try (PlatformHarness harness = PlatformHarness.start()) {
      // Given
      URI there = harness.serveHere("first");
      String nowhere = "http://127.0.0.1:" + Ports.free("127.0.0.1");

      // When
      CommandRun some =
          CommandRun.of("limits", "--instance", nowhere, "--instance", there.toString());
      CommandRun none = CommandRun.of("limits", "--instance", nowhere);
      CommandRun other =
          CommandRun.of("limits", "--instance", harness.stack().local().registry().url());

      // Then
      assertThat(some.exitCode()).isZero();
      assertThat(some.out()).contains("LANE").contains("running");
      assertThat(some.err()).contains("not in it: " + nowhere + ", nothing listens there");
      assertThat(none.exitCode()).isEqualTo(3);
      assertThat(none.err())
          .contains(nowhere + ": nothing listens there; is a platform running there")
          .contains("--instance");
      assertThat(other.exitCode()).isEqualTo(3);
      assertThat(other.err()).contains("no Streambed");

      // When: a second one takes half of the work, and serves nothing
      harness.runHere("second");

      // Then
      await()
          .atMost(LIMIT)
          .untilAsserted(() ->
              assertThat(CommandRun.of("limits", "--instance", there.toString()).err())
                  .contains("have 50 % of the work"));
    }
  }

  private static JsonNode lane(URI instance) throws Exception {
    CommandRun run = CommandRun.of("limits", "--instance", instance.toString(), "--json");
    assertThat(run.exitCode()).as(run.err()).isZero();
    String line =
        run.out()
            .lines()
            .filter(one -> one.contains(MODEL + "@us-west-2"))
            .findFirst()
            .orElseThrow();
    return new ObjectMapper().readTree(line);
  }

  /** The sum of a meter's values for the lane. */
  private static double metric(URI instance, String start) throws Exception {
    return metrics(instance).stream()
        .filter(line -> line.startsWith(start) && line.contains("@us-west-2"))
        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
        .mapToDouble(Double::parseDouble)
        .sum();
  }

  private static List<String> metrics(URI instance) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(instance.resolve("/metrics")).build(), BodyHandlers.ofString())
          .body()
          .lines()
          .toList();
    }
  }

  /** The names that the page on operations gives, the first of them in full. */
  private static List<String> documentedMeters() throws IOException {
    String line =
        Files.readAllLines(Path.of("../docs/operations.md")).stream()
            .filter(one -> one.startsWith("The same numbers are meters"))
            .findFirst()
            .orElseThrow();
    return Pattern.compile("`(?:streambed_lane)?(_\\w+)`")
        .matcher(line)
        .results()
        .map(name -> "streambed_lane" + name.group(1) + "{")
        .toList();
  }
}
