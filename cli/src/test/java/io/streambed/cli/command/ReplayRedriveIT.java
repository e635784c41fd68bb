/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.cli.cluster.KafkaAccess;
import io.streambed.cli.harness.PlantedLetters;
import io.streambed.cli.harness.PlatformHarness;
import io.streambed.cli.harness.Sample;
import io.streambed.cli.settlement.Settlement;
import io.streambed.local.bedrock.fault.Fault;
import io.streambed.local.bedrock.wire.ErrorType;
import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.replay.ReplayHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Dead letters of what a live run has asked from an archive, redriven, on a real platform. */
class ReplayRedriveIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  void whatALiveRunLostIsRedrivenToWhereThePlatformReads() throws Exception {
    try (PlatformHarness harness = PlatformHarness.start(Map.of("retry.max.attempts", "1"));
        PlantedLetters planted = new PlantedLetters(harness)) {
      // Given
      harness.runHere();
      replayAnOutage(harness, planted);
      DeadLetter letter = ((Settlement.Dead) harness.settlements().of("old-1").getFirst()).value();
      assertThat(letter.getSourceTopic()).isEqualTo("archive");

      // When
      CommandRun foreseen = CommandRun.at(harness, "redrive", "--dry-run");
      CommandRun run = CommandRun.at(harness, "redrive");
      CommandRun again = CommandRun.at(harness, "redrive");

      // Then: what the run had asked, and no archived request, is asked as a live one
      assertThat(foreseen.out()).contains("prompt-requests").contains("would redrive 2");
      assertThat(run.lastLine()).as(run.out() + run.err()).contains("redriven 2, parked 0");
      assertThat(run.out()).contains("2 to prompt-requests");
      assertThat(again.lastLine()).contains("redriven 0, parked 0, redriven before 2");
      awaitAnswers(harness);
      assertThat(planted.committed("archive")).hasSize(2);
      List<ConsumerRecord<byte[], byte[]>> asked = planted.committed("prompt-requests");
      assertThat(asked)
          .hasSize(2)
          .allSatisfy(
              record -> assertThat(PlantedLetters.header(record, ReplayHeaders.RESULTS)).isEmpty())
          .anySatisfy(record -> assertThat(record.value()).isEqualTo(PlantedLetters.value(letter)));
      planted.awaitOnce(2);
    }
  }

  @Test
  void theRuleSendsThemThereToo() throws Exception {
    Map<String, String> settings =
        Map.of("retry.max.attempts", "1", "redrive.enabled", "true", "redrive.delay.ms", "1000");
    try (PlatformHarness harness = PlatformHarness.start(settings);
        PlantedLetters planted = new PlantedLetters(harness)) {
      // Given
      harness.runHere();
      RedriveRuleIT.awaitRule(harness);

      // When
      replayAnOutage(harness, planted);

      // Then
      awaitAnswers(harness);
      planted.awaitOnce(2);
      assertThat(planted.committed("archive")).hasSize(2);
    }
  }

  /** A run over an archive, for live results, all of whose calls fail. */
  private static void replayAnOutage(PlatformHarness harness, PlantedLetters planted)
      throws Exception {
    try (Admin admin = KafkaAccess.to(harness.stack().cluster()).admin()) {
      admin.createTopics(List.of(new NewTopic("archive", 1, (short) 1))).all().get();
    }
    for (String id : List.of("old-1", "old-2")) {
      harness.publishRaw(
          "archive",
          planted.encoder().encode("prompt-requests", Sample.prompt(id, "Question " + id).value()));
    }
    harness.bedrock().faults().add(Fault.error(ErrorType.MODEL_ERROR).next(2));
    CommandRun run =
        ReplayIT.replay(
            harness,
            "--topic",
            "archive",
            "--live",
            "--max-tokens",
            "50",
            "--run",
            "again",
            "--yes");
    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    harness.settlements().await("old-1");
    harness.settlements().await("old-2");
  }

  private static void awaitAnswers(PlatformHarness harness) {
    harness
        .settlements()
        .awaitAll(
            "answers",
            LIMIT,
            seen ->
                harness.settlements().of("old-1").size() == 2
                    && harness.settlements().of("old-2").size() == 2);
    for (String id : List.of("old-1", "old-2")) {
      assertThat(harness.settlements().of(id))
          .extracting(Settlement::outcome)
          .containsExactly("MODEL_ERROR", "MODEL");
    }
  }
}
