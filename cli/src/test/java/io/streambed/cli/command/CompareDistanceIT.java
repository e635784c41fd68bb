/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streambed.cli.harness.PlatformHarness;
import io.streambed.cli.harness.Sample;
import io.streambed.cli.request.Request;
import io.streambed.local.bedrock.fault.Fault;
import io.streambed.local.bedrock.wire.ErrorType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How far answers have moved, through an outage of the model that says so, on a real platform. */
class CompareDistanceIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  void whatCouldNotBeMeasuredIsToldAndMeasuredTheNextTime() throws Exception {
    try (PlatformHarness harness = PlatformHarness.start(Map.of("retry.max.attempts", "1"))) {
      // Given: a run that has changed three answers
      harness.runHere();
      harness.publish(prompts());
      harness.settlements().awaitCount(3, LIMIT);
      CommandRun run = ReplayIT.replay(harness, "--max-tokens", "40", "--run", "short", "--yes");
      assertThat(run.exitCode()).as(run.out() + run.err()).isZero();

      // When: the model for texts fails
      harness
          .bedrock()
          .faults()
          .add(Fault.error(ErrorType.MODEL_ERROR).model("amazon.titan-embed-text-v2:0"));
      JsonNode during = compare(harness);

      // Then
      assertThat(during.path("verdicts").path("CHANGED").asInt()).isEqualTo(3);
      assertThat(during.has("distance")).isFalse();
      assertThat(during.path("unmeasured").path("dead letter MODEL_ERROR").asInt()).isEqualTo(2);
      assertThat(during.path("unmeasured").path("beyond --distance-limit").asInt()).isEqualTo(1);

      // When
      harness.bedrock().faults().clear();
      JsonNode after = compare(harness);
      int calls = harness.ledger().calls().size();
      JsonNode again = compare(harness);

      // Then: what failed was asked once more, and what is known is not
      assertThat(after.path("distance").path("answers").asInt()).as("" + after).isEqualTo(2);
      assertThat(after.path("unmeasured").size()).isEqualTo(1);
      assertThat(again).isEqualTo(after);
      assertThat(harness.ledger().calls()).hasSize(calls);
    }
  }

  private static JsonNode compare(PlatformHarness harness) throws Exception {
    CommandRun run =
        ReplayIT.command(
            harness, "compare", "short", "--distance=titan-embed", "--distance-limit=2", "--json");
    assertThat(run.exitCode()).as(run.err()).isZero();
    return ReplayIT.json(run).getLast();
  }

  private static List<Request> prompts() {
    return Stream.of("a", "b", "c")
        .map(id ->
            Sample.line(
                "{\"id\":\"%s\",\"prompt\":\"What is %s?\",\"inference\":{\"maxTokens\":400}}"
                    .formatted(id, id)))
        .toList();
  }
}
