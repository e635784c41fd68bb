/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streambed.cli.harness.ForkedPlatform;
import io.streambed.cli.harness.PlantedLetters;
import io.streambed.cli.harness.PlatformHarness;
import io.streambed.cli.harness.Sample;
import io.streambed.cli.settlement.Settlement;
import io.streambed.local.bedrock.fault.Fault;
import io.streambed.local.bedrock.wire.ErrorType;
import io.streambed.processors.Streambed;
import io.streambed.processors.redrive.Rule;
import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.DeadLetterCode;
import io.streambed.schemas.FailureKind;
import io.streambed.schemas.Redrive;
import io.streambed.schemas.RedriveOutcome;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the platform redrives by itself, on a real broker. */
class RedriveRuleIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration DELAY = Duration.ofSeconds(2);
  private static final int PER_MINUTE = 600;

  @Test
  void theRuleRedrivesAfterADelayWithinARateAndACount() throws Exception {
    try (PlatformHarness harness = PlatformHarness.start(rule(PER_MINUTE, 2));
        PlantedLetters planted = new PlantedLetters(harness)) {
      // Given: dead letters from before there was a rule, and their requests, to be answered
      planted.plant(2, DeadLetterCode.MODEL_TIMEOUT, FailureKind.PROVIDER);
      harness.runHere();
      awaitRule(harness);
      harness.settlements().awaitCount(4, LIMIT);

      whatWasNobodysFaultIsAnsweredAfterTheDelayAndNothingElseIsTouched(harness, planted);
      whatFailsForEverIsParkedByTheRuleToo(harness, planted);
      theRateIsKeptAndAHandLeavesToTheRuleWhatIsItsOwn(harness, planted);
      planted.awaitOnce(2 + 2 + 37);
    }
  }

  private static void whatWasNobodysFaultIsAnsweredAfterTheDelayAndNothingElseIsTouched(
      PlatformHarness harness, PlantedLetters planted) {
    // Given
    harness.bedrock().faults().add(Fault.error(ErrorType.MODEL_ERROR).next(2));

    // When
    harness.publish(Sample.prompt("failed", "Why?"));
    harness.settlements().await("failed");
    harness.publish(Sample.prompt("failed too", "Why not?"));
    harness.publish(Sample.line("{\"id\":\"wrong\",\"model\":\"no-such\",\"prompt\":\"Who?\"}"));
    harness
        .settlements()
        .awaitAll(
            "both answers",
            LIMIT,
            seen ->
                harness.settlements().of("failed").size() == 2
                    && harness.settlements().of("failed too").size() == 2);

    // Then
    assertThat(harness.settlements().of("failed"))
        .extracting(Settlement::outcome)
        .containsExactly("MODEL_ERROR", "MODEL");
    assertThat(harness.settlements().of("wrong")).hasSize(1);
    List<Redrive> said = planted.redrives();
    assertThat(said).extracting(Redrive::getId).containsExactlyInAnyOrder("failed", "failed too");
    for (Redrive redrive : said) {
      assertThat(redrive.getRun()).isEqualTo(Rule.RUN);
      DeadLetter letter =
          ((Settlement.Dead) harness.settlements().of(redrive.getId()).getFirst()).value();
      assertThat(Duration.between(letter.getSettledAt(), redrive.getWrittenAt()))
          .isGreaterThanOrEqualTo(DELAY);
    }
  }

  private static void whatFailsForEverIsParkedByTheRuleToo(
      PlatformHarness harness, PlantedLetters planted) {
    // Given
    harness.bedrock().faults().add(Fault.error(ErrorType.MODEL_ERROR));
    int calls = harness.ledger().calls().size();

    // When
    harness.publish(Sample.prompt("hopeless", "Why ever?"));
    await()
        .atMost(LIMIT)
        .untilAsserted(() ->
            assertThat(planted.redrives())
                .extracting(Redrive::getOutcome)
                .contains(RedriveOutcome.PARKED));

    // Then
    assertThat(planted.redrives())
        .filteredOn(said -> said.getId().equals("hopeless"))
        .extracting(Redrive::getOutcome)
        .containsExactlyInAnyOrder(
            RedriveOutcome.REDRIVEN, RedriveOutcome.REDRIVEN, RedriveOutcome.PARKED);
    harness
        .settlements()
        .awaitAll("three", LIMIT, seen -> harness.settlements().of("hopeless").size() == 3);
    assertThat(harness.ledger().calls()).hasSize(calls + 3);
    harness.bedrock().faults().clear();
  }

  private static void theRateIsKeptAndAHandLeavesToTheRuleWhatIsItsOwn(
      PlatformHarness harness, PlantedLetters planted) {
    // Given: what the rule is at, what is none of its business, and what it comes to in an hour
    planted.plant(30, DeadLetterCode.MODEL_TIMEOUT, FailureKind.PROVIDER);
    planted.plant(5, DeadLetterCode.INVALID_REQUEST, FailureKind.CALLER);
    Instant later = Instant.now().plus(Duration.ofHours(1));
    planted.plant(10, DeadLetterCode.THROTTLED, FailureKind.CAPACITY, Optional.of(later));

    // When: the rule and a hand are at it at once
    CommandRun byHand =
        CommandRun.at(
            harness, "redrive", "--code=model_timeout,invalid_request,throttled", "--run=hand");
    await().atMost(LIMIT).untilAsserted(() -> assertThat(timeOuts(planted)).hasSize(30));

    // Then: however far the rule had come; the two from before it are left to a hand
    assertThat(byHand.lastLine()).contains("redriven 7,");
    assertThat(byHand.out())
        .containsPattern("[1-4][0-9] skipped: the platform's own rule will redrive it");
    LongSummaryStatistics at =
        timeOuts(planted).stream()
            .mapToLong(it -> it.getWrittenAt().toEpochMilli())
            .summaryStatistics();
    int slice = PER_MINUTE / 60 / 2;
    assertThat(at.getMax() - at.getMin())
        .isGreaterThanOrEqualTo((30 - slice) * 60_000L / PER_MINUTE);
  }

  /** What the rule has redriven of what was planted. */
  private static List<Redrive> timeOuts(PlantedLetters planted) {
    return planted.redrives().stream()
        .filter(said -> said.getRun().equals(Rule.RUN))
        .filter(said -> said.getCode() == DeadLetterCode.MODEL_TIMEOUT)
        .toList();
  }

  @Test
  void whatWasRedrivenByHandWhileThereWasNoRuleIsLeftAlone() throws Exception {
    try (PlatformHarness harness = PlatformHarness.start(rule(6_000, 3));
        PlantedLetters planted = new PlantedLetters(harness)) {
      // Given: the rule has begun, and has stopped
      Streambed before = harness.runHere();
      awaitRule(harness);
      before.close();
      planted.plant(20, DeadLetterCode.MODEL_TIMEOUT, FailureKind.PROVIDER);

      // When
      CommandRun byHand = CommandRun.at(harness, "redrive", "--limit=10");
      harness.runHere();
      await().atMost(LIMIT).untilAsserted(() -> assertThat(planted.redrives()).hasSize(20));

      // Then
      assertThat(byHand.lastLine()).contains("redriven 10,");
      planted.awaitOnce(20);
    }
  }

  @Test
  void aLetterWhoseTopicIsGoneHoldsUpNoOther() throws Exception {
    try (PlatformHarness harness = PlatformHarness.start(rule(6_000, 3));
        PlantedLetters planted = new PlantedLetters(harness)) {
      // Given: what has nowhere to go, and comes first
      URI ops = harness.serveHere("here");
      awaitRule(harness);
      DeadLetter gone =
          planted.plant(1, DeadLetterCode.INVALID_REQUEST, FailureKind.CALLER).getFirst();
      for (int n = 0; n < 20; n++) {
        planted.write(
            List.of(
                DeadLetter.newBuilder(gone)
                    .setId("of-a-topic-that-is-gone-" + n)
                    .setCode(DeadLetterCode.MODEL_ERROR)
                    .setKind(FailureKind.PROVIDER)
                    .setSourceTopic("deleted-requests")
                    .setSourceOffset(n)
                    .build()));
      }

      // When
      planted.plant(10, DeadLetterCode.MODEL_TIMEOUT, FailureKind.PROVIDER);

      // Then
      await().atMost(LIMIT).untilAsserted(() -> assertThat(planted.redrives()).hasSize(10));
      planted.awaitOnce(10);
      await()
          .atMost(LIMIT)
          .untilAsserted(() ->
              assertThat(metrics(ops))
                  .contains("streambed_redrives_total{outcome=\"skipped\"} 20.0"));

      // Then: it is left to a hand, which may know a topic that there is
      CommandRun byHand = CommandRun.at(harness, "redrive", "--source-topic=deleted-requests");
      assertThat(byHand.out()).contains("20 skipped: the topic that it would go to does not exist");
      CommandRun elsewhere =
          CommandRun.at(
              harness,
              "redrive",
              "--source-topic=deleted-requests",
              "--to=prompt-requests",
              "--limit=1");
      assertThat(elsewhere.lastLine()).as(elsewhere.err()).contains("redriven 1,");
    }
  }

  private static String metrics(URI ops) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(ops.resolve("/metrics")).build(), BodyHandlers.ofString())
          .body();
    }
  }

  @Test
  void killedInTheMiddleEachIsRedrivenOnce() throws Exception {
    int letters = 400;
    try (PlatformHarness harness = PlatformHarness.start(rule(3_000, 3));
        PlantedLetters planted = new PlantedLetters(harness)) {
      // Given
      ForkedPlatform platform = harness.fork("a");
      awaitRule(harness);
      planted.plant(letters, DeadLetterCode.MODEL_TIMEOUT, FailureKind.PROVIDER);
      Random random = new Random(5);

      // When: on a machine so slow that the rule is done before the next kill, that one comes late
      for (int kill = 1; kill <= 2; kill++) {
        int enough = Math.min(letters, planted.redrives().size() + 1);
        await()
            .atMost(LIMIT)
            .untilAsserted(
                () -> assertThat(planted.redrives()).hasSizeGreaterThanOrEqualTo(enough));
        new CountDownLatch(1).await(random.nextInt(300), TimeUnit.MILLISECONDS);
        platform.kill();
        platform = harness.fork("a");
      }
      await().atMost(LIMIT).untilAsserted(() -> assertThat(planted.redrives()).hasSize(letters));

      // Then
      planted.awaitOnce(letters);
      assertThat(platform.log()).doesNotContain("question MODEL_TIMEOUT");
    }
  }

  private static Map<String, String> rule(int perMinute, int most) {
    Map<String, String> settings = new HashMap<>();
    settings.put("retry.max.attempts", "1");
    settings.put("breaker.window", "10000");
    settings.put("redrive.enabled", "true");
    settings.put("redrive.delay.ms", "" + DELAY.toMillis());
    settings.put("redrive.per.minute", "" + perMinute);
    settings.put("redrive.most", "" + most);
    return settings;
  }

  /** Until the rule has its partitions, and has noted where it begins. */
  static void awaitRule(PlatformHarness harness) {
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(harness.committed("streambed-redrive")).isEqualTo(4));
  }
}
