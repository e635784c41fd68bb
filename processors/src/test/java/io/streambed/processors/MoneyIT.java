/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streambed.local.bedrock.fault.Fault;
import io.streambed.local.bedrock.fault.FaultEffect;
import io.streambed.local.bedrock.ledger.LedgerEntry;
import io.streambed.local.bedrock.ledger.LedgerFilter;
import io.streambed.local.bedrock.wire.ErrorType;
import io.streambed.schemas.CachePointBlock;
import io.streambed.schemas.CallOutcome;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.PromptResult;
import io.streambed.schemas.ResultSource;
import io.streambed.schemas.SystemBlock;
import io.streambed.schemas.TokenUsage;
import io.streambed.schemas.UsageEvent;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What we say of money is what the stand-in has billed. */
class MoneyIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String GPT = "openai.gpt-oss-20b-1:0";
  private static final String HAIKU = "global.anthropic.claude-haiku-4-5-20251001-v1:0";
  private static final List<String> TIERS = List.of("default", "priority", "flex", "reserved");

  /** The stand-in knows it, our table does not. */
  private static final String UNPRICED = "amazon.titan-text-lite-v1";

  private static TestPlatform platform;

  @BeforeAll
  static void start() throws Exception {
    Map<String, String> settings = new HashMap<>();
    for (String tier : TIERS) {
      settings.put("lanes." + tier + ".id", GPT);
      settings.put("lanes." + tier + ".tier", tier);
      settings.put("models." + tier + ".lanes", tier);
    }
    settings.put("models.cached.id", HAIKU);
    settings.put("models.cached.cache.points", "system, tools");
    settings.put("models.cached.cache.ttl", "1h");
    settings.put("models.unpriced.id", UNPRICED);
    settings.put("models.unpriced.max.tokens", "100");
    platform = TestPlatform.start(settings);
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
  }

  @BeforeEach
  void forget() {
    platform.forget();
    platform.local().bedrock().faults().clear();
  }

  @Test
  void everyTierIsAskedForAndPricedAsItWasServed() throws Exception {
    // When
    for (String tier : TIERS) {
      platform.publish(Requests.prompt("t-" + tier, tier, "Which tier is this?"));
    }
    TestPlatform.Seen seen = platform.await(TIERS.size(), SOON);
    List<UsageEvent> events = events(seen);

    // Then
    assertThat(seen.prompts).extracting(PromptResult::getTier).containsAll(TIERS);
    assertThat(events).extracting(UsageEvent::getTier).containsExactlyInAnyOrderElementsOf(TIERS);
    assertThat(events)
        .allSatisfy(event -> {
          LedgerEntry call = call(event);
          assertThat(call.facts().tier()).isEqualTo(event.getTier());
          assertThat(event.getCostPicoDollars())
              .isPositive()
              .isEqualTo(call.outcome().picoDollars());
          assertThat(event.getPriceRow()).contains(GPT);
          assertThat(event.getPriceEffectiveFrom()).contains(LocalDate.of(2025, 1, 1));
        });
    Map<String, String> served = new HashMap<>();
    events.forEach(it -> it.getServedTier().ifPresent(tier -> served.put(it.getTier(), tier)));
    // Nobody has reserved anything at the stand-in, and says so; the default tier is not told.
    assertThat(served)
        .containsOnly(
            Map.entry("priority", "priority"),
            Map.entry("flex", "flex"),
            Map.entry("reserved", "default"));
    // By their factors: 1, 1.75 and 0.5
    assertThat(cost(seen, "priority")).isEqualTo(cost(seen, "default") / 4 * 7);
    assertThat(cost(seen, "flex") * 2).isEqualTo(cost(seen, "default"));
    assertThat(cost(seen, "reserved")).isEqualTo(cost(seen, "default"));
  }

  private static long cost(TestPlatform.Seen seen, String tier) {
    return seen.prompts.stream()
        .filter(result -> result.getTier().equals(tier))
        .mapToLong(PromptResult::getCostPicoDollars)
        .sum();
  }

  @Test
  void anAliasSetsCachePointsAndTheSavingIsTold() throws Exception {
    // Given: more than the 4,096 tokens that this model keeps
    String rules = "Answer with care. ".repeat(3_000);

    // When
    for (int i = 0; i < 3; i++) {
      platform.publish(asking("c" + i, "cached", rules, i).build());
      platform.await(i + 1, SOON);
    }
    TestPlatform.Seen seen = platform.await(3, SOON);
    List<UsageEvent> events = events(seen);

    // Then: written once, for an hour, and read twice
    TokenUsage first = events.getFirst().getUsage();
    long kept = first.getCacheWriteInputTokens();
    assertThat(kept).isGreaterThan(4_096);
    assertThat(first.getCacheWriteHourInputTokens()).isEqualTo(kept);
    assertThat(events.subList(1, 3))
        .allSatisfy(event -> {
          assertThat(event.getUsage().getCacheReadInputTokens()).isEqualTo(kept);
          assertThat(event.getUsage().getCacheWriteInputTokens()).isZero();
        });
    assertThat(events)
        .allSatisfy(event ->
            assertThat(event.getCostPicoDollars()).isEqualTo(call(event).outcome().picoDollars()));
    // A dollar more a million tokens written for an hour, 0.90 less for one read
    assertThat(events)
        .extracting(UsageEvent::getPromptCacheSavingPicoDollars)
        .containsExactly(-kept * 1_000_000, kept * 900_000, kept * 900_000);
    assertThat(seen.prompts)
        .extracting(PromptResult::getPromptCacheSavingPicoDollars)
        .containsExactly(-kept * 1_000_000, kept * 900_000, kept * 900_000);
  }

  @Test
  void aLongInputIsPricedAsAWhole() throws Exception {
    // Given: each sign is a token, and a long context is asked for as this model wants it
    PromptRequest request =
        Requests.builder("l", "?".repeat(200_100))
            .setAdditionalModelFields("{\"anthropic_beta\":[\"context-1m-2025-08-07\"]}")
            .build();

    // When
    platform.publish(request);
    TestPlatform.Seen seen = platform.await(1, SOON);

    // Then: 6 and 22.50 dollars a million tokens, and a tenth more in one geography
    UsageEvent event = events(seen).getFirst();
    TokenUsage usage = event.getUsage();
    assertThat(usage.getInputTokens()).isGreaterThan(200_000);
    assertThat(event.getCostPicoDollars())
        .isEqualTo(usage.getInputTokens() * 6_600_000 + usage.getOutputTokens() * 24_750_000)
        .isEqualTo(call(event).outcome().picoDollars());
  }

  @Test
  void aCachePointIsNotSentToAModelThatTakesNone() throws Exception {
    // When
    PromptRequest.Builder request = asking("p", "default", "Be brief.", 1);
    request.setSystem(
        List.of(
            request.getSystem().getFirst(),
            SystemBlock.newBuilder().setCachePoint(new CachePointBlock("5m")).build()));
    platform.publish(request.build());
    TestPlatform.Seen seen = platform.await(1, SOON);

    // Then
    assertThat(seen.prompts).hasSize(1);
  }

  @Test
  void anAnswerFromTheCacheSaysWhatItSaved() throws Exception {
    // When
    platform.publish(Requests.prompt("s1", "flex", "Asked twice, paid once."));
    platform.await(1, SOON);
    platform.publish(Requests.prompt("s2", "flex", "Asked twice, paid once."));
    TestPlatform.Seen seen = platform.await(2, SOON);

    // Then
    PromptResult paid = seen.prompts.getFirst();
    PromptResult saved = seen.prompts.getLast();
    assertThat(saved.getSource()).isEqualTo(ResultSource.CACHE);
    assertThat(paid.getSavedPicoDollars()).isZero();
    assertThat(saved.getSavedPicoDollars()).isPositive().isEqualTo(paid.getCostPicoDollars());
    assertThat(saved.getTier()).isEqualTo("flex");
  }

  @Test
  void aModelWithoutAPriceIsToldAndCounted() throws Exception {
    // When
    platform.publish(Requests.prompt("u", "unpriced", "What do you cost?"));
    TestPlatform.Seen seen = platform.await(1, SOON);

    // Then
    UsageEvent event = events(seen).getFirst();
    assertThat(event.getPriceRow()).isEmpty();
    assertThat(event.getPriceEffectiveFrom()).isEmpty();
    assertThat(event.getCostPicoDollars()).isZero();
    assertThat(event.getUsage().getInputTokens()).isPositive();
    assertThat(platform.meterNames())
        .anyMatch(name -> name.contains("streambed.calls.unpriced") && name.contains(UNPRICED));
  }

  @Test
  void aCallThatFailedSaysItsTierAndItsPriceRow() throws Exception {
    // Given: an answer that is cut in half, and billed
    platform
        .local()
        .bedrock()
        .faults()
        .add(Fault.of(new FaultEffect.Error(ErrorType.INTERNAL_SERVER, "scripted")).next(1));

    // When
    platform.publish(Requests.prompt("f", "priority", "Will this fail?"));
    TestPlatform.Seen seen = platform.await(1, SOON);
    // The tenant's events are in one partition: that of the failed call came before.
    events(seen);

    // Then
    UsageEvent failed =
        seen.usage.stream()
            .filter(event -> event.getOutcome() == CallOutcome.FAILED)
            .findFirst()
            .orElseThrow();
    assertThat(failed.getTier()).isEqualTo("priority");
    assertThat(failed.getPriceRow()).contains(GPT);
    assertThat(failed.getPriceEffectiveFrom()).isPresent();
  }

  @Test
  void aCallWhoseAnswerIsLostIsToldAtTheMostThatItCanHaveCost() throws Exception {
    // Given: the model answers, and nobody can read it
    platform.local().bedrock().faults().add(Fault.of(new FaultEffect.MalformedBody()).next(1));

    // When
    platform.publish(Requests.prompt("l", "priority", "Will this be lost?"));
    TestPlatform.Seen seen = platform.await(1, SOON);
    UsageEvent answered = events(seen).getFirst();

    // Then
    UsageEvent lost =
        seen.usage.stream()
            .filter(event -> event.getOutcome() == CallOutcome.POSSIBLY_BILLED)
            .findFirst()
            .orElseThrow();
    assertThat(lost.getCostPicoDollars()).isGreaterThanOrEqualTo(answered.getCostPicoDollars());
    assertThat(seen.prompts.getFirst().getPossiblyBilledAttempts()).isEqualTo(1);
  }

  /** The events of the calls that made these results, in their order. */
  private static List<UsageEvent> events(TestPlatform.Seen seen) throws Exception {
    List<UsageEvent> events = new ArrayList<>();
    for (PromptResult result : seen.prompts) {
      String attempt = result.getAttemptId().orElseThrow();
      await()
          .atMost(SOON)
          .pollInSameThread()
          .until(() ->
              platform.readFor(Duration.ofMillis(50)).usage.stream()
                  .anyMatch(event -> event.getAttemptId().equals(attempt)));
      seen.usage.stream()
          .filter(event -> event.getAttemptId().equals(attempt))
          .forEach(events::add);
    }
    return events;
  }

  private static PromptRequest.Builder asking(String id, String model, String system, int number) {
    return Requests.builder(id, "Question " + number)
        .setModel(model)
        .setSystem(List.of(SystemBlock.newBuilder().setText(system).build()));
  }

  private static LedgerEntry call(UsageEvent event) {
    return platform.ledger().calls(LedgerFilter.ofAttempt(event.getAttemptId())).getFirst();
  }
}
