/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.cli.cluster.KafkaAccess;
import io.streambed.cli.cluster.Published;
import io.streambed.cli.cluster.RunPublisher;
import io.streambed.cli.harness.PlantedLetters;
import io.streambed.cli.harness.PlatformHarness;
import io.streambed.cli.harness.Sample;
import io.streambed.cli.replay.Recordings;
import io.streambed.schemas.ReplayChanges;
import io.streambed.schemas.ReplayOnly;
import io.streambed.schemas.ReplayPlan;
import io.streambed.schemas.ReplayRange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No run has a most cost that nobody could keep, on a real broker. */
class ReplayMaxCostIT {
  private static final String REFUSED =
      "--max-cost: mixed may be answered by acme.unheard-of-v1:0@us-east-1, which has no price";

  /** One of its lanes has a price, and one has none. */
  private static final String MIXED =
      """
      bedrock: {region: us-east-1}
      lanes:
        known: {id: amazon.nova-lite-v1:0}
        unheard: {id: acme.unheard-of-v1:0}
      models:
        mixed: {lanes: "known, unheard"}
      """;

  /** Without the guard a run would wait for answers that nobody gives. */
  @Test
  @Timeout(120)
  void aLaneWithoutAPriceEndsWhatHasAMostCost() throws Exception {
    try (PlatformHarness harness = PlatformHarness.start();
        PlantedLetters planted = new PlantedLetters(harness)) {
      // Given
      Path settings = Files.writeString(harness.folder().resolve("mixed.yaml"), MIXED);
      Published place =
          harness.publish(Sample.line("{\"id\":\"a\",\"model\":\"mixed\",\"prompt\":\"Why?\"}"));
      plant(
          harness,
          "told",
          plan(place, ReplayChanges.newBuilder().setModel("mixed").build()).build());
      plant(
          harness,
          "untold",
          plan(place, ReplayChanges.newBuilder().build())
              .setMaxCostPicoDollars(1_000_000_000_000L)
              .build());

      // When: one begins; one goes on whose model is known before; and one that must look first
      List<CommandRun> runs =
          List.of(
              ReplayIT.replay(harness, config(settings), "--max-cost=1", "--run=new", "--yes"),
              ReplayIT.replay(harness, "resume", "told", config(settings), "--max-cost=1"),
              ReplayIT.replay(harness, "resume", "untold", config(settings)));

      // Then
      assertThat(runs)
          .allSatisfy(run -> {
            assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(2);
            assertThat(run.err()).contains(REFUSED).contains("prices.file");
          });
      assertThat(planted.committed("replay-requests")).isEmpty();
      assertThat(ReplayIT.replay(harness, "list").out()).doesNotContain("new ");
    }
  }

  private static String config(Path settings) {
    return "--config=" + settings;
  }

  private static ReplayPlan.Builder plan(Published place, ReplayChanges changes) {
    return ReplayPlan.newBuilder(Recordings.plan(ReplayOnly.ALL, changes))
        .setRanges(List.of(new ReplayRange(place.partition(), place.offset(), place.offset() + 1)))
        .setResults("prompt-results")
        .setDeadLetters("dead-letters");
  }

  private static void plant(PlatformHarness harness, String run, ReplayPlan plan) throws Exception {
    try (RunPublisher publisher =
        RunPublisher.open(harness.stack().cluster(), KafkaAccess.to(harness.stack().cluster()))) {
      publisher.plan(run, plan);
    }
  }
}
