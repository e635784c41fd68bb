/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.spend;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.cli.spend.Spending.By;
import io.streambed.cli.spend.Spending.Row;
import io.streambed.schemas.CallOutcome;
import io.streambed.schemas.EmbeddingResult;
import io.streambed.schemas.Operation;
import io.streambed.schemas.PromptResult;
import io.streambed.schemas.ResultSource;
import io.streambed.schemas.TokenUsage;
import io.streambed.schemas.UsageEvent;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpendingTest {

  private static final String HAIKU = "anthropic.claude-haiku-4-5-20251001-v1:0";

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  @Test
  void sumsAreKeptApartAndTheDearestComesFirst() {
    // Given
    Spending spending = new Spending(List.of(By.TENANT, By.MODEL));

    // When
    spending.add(event("a", NOON, CallOutcome.ANSWERED, 10));
    spending.add(event("b", NOON, CallOutcome.ANSWERED, 30));
    spending.add(event("a", NOON, CallOutcome.FAILED, 0));

    // Then
    assertThat(spending.rows())
        .extracting(Row::key)
        .containsExactly(List.of("b", "haiku"), List.of("a", "haiku"));
    assertThat(spending.rows().getLast().sum().calls()).isEqualTo(2);
    assertThat(spending.total().spent()).isEqualTo(40);
  }

  @Test
  void daysAreThoseOfUtcInTheirOrder() {
    // Given
    Spending spending = new Spending(List.of(By.DAY));

    // When
    spending.add(event("a", Instant.parse("2026-11-20T23:59:59Z"), CallOutcome.ANSWERED, 1));
    spending.add(event("a", Instant.parse("2026-11-21T00:00:00Z"), CallOutcome.ANSWERED, 9));

    // Then
    assertThat(spending.rows())
        .extracting(Row::key)
        .containsExactly(List.of("2026-11-20"), List.of("2026-11-21"));
  }

  @Test
  void whatMayHaveBeenBilledIsApart() {
    // Given
    Spending spending = new Spending(List.of());

    // When
    spending.add(event("a", NOON, CallOutcome.ANSWERED, 10));
    spending.add(event("a", NOON, CallOutcome.POSSIBLY_BILLED, 500));

    // Then
    assertThat(spending.total().spent()).isEqualTo(10);
    assertThat(spending.total().atMost()).isEqualTo(500);
  }

  @Test
  void whatWasSavedIsApartByTheWayItWasSaved() {
    // Given
    Spending spending = new Spending(List.of());

    // When
    spending.add(result(ResultSource.MODEL, false, 0));
    spending.add(result(ResultSource.CACHE, false, 30));
    spending.add(result(ResultSource.MODEL, true, 20));
    spending.add(result(ResultSource.COALESCED, false, 7));
    spending.add(text(ResultSource.CACHE, 100));

    // Then: a repeat is an answer that was kept
    assertThat(spending.total().cached()).isEqualTo(3);
    assertThat(spending.total().savedByCache()).isEqualTo(150);
    assertThat(spending.total().coalesced()).isEqualTo(1);
    assertThat(spending.total().savedByCoalescing()).isEqualTo(7);
    assertThat(spending.total().spent()).isZero();
  }

  @Test
  void aPromptCacheThatCostMoreThanItSavedIsALoss() {
    // Given
    Spending spending = new Spending(List.of());

    // When
    spending.add(saving(-500));
    spending.add(saving(100));

    // Then
    assertThat(spending.total().savedByPromptCache()).isEqualTo(-400);
  }

  @Test
  void tiersAreKeptApart() {
    // Given
    Spending spending = new Spending(List.of(By.TIER, By.LANE));
    UsageEvent flex = event("a", NOON, CallOutcome.ANSWERED, 1);
    flex.put("tier", "flex");

    // When
    spending.add(flex);
    spending.add(event("a", NOON, CallOutcome.ANSWERED, 2));

    // Then
    assertThat(spending.rows())
        .extracting(Row::key)
        .containsExactly(
            List.of("default", HAIKU + "@us-east-1"), List.of("flex", HAIKU + "@us-east-1+flex"));
  }

  @Test
  void aModelWithoutAPriceIsCountedAndNotFree() {
    // Given
    Spending spending = new Spending(List.of());
    UsageEvent event = event("a", NOON, CallOutcome.ANSWERED, 0);
    event.put("priceEffectiveFrom", null);

    // When
    spending.add(event);

    // Then
    assertThat(spending.total().unpriced()).isEqualTo(1);
    assertThat(spending.unpriced()).containsExactly(HAIKU + "@us-east-1");
  }

  private static UsageEvent event(String tenant, Instant at, CallOutcome outcome, long cost) {
    return new UsageEvent(
        "attempt",
        tenant,
        "haiku",
        HAIKU,
        "us-east-1",
        Operation.PROMPT,
        outcome,
        1,
        new TokenUsage(1L, 1L, 0L, 0L, 0L),
        false,
        cost,
        LocalDate.of(2025, 1, 1),
        1L,
        at,
        "default",
        null,
        HAIKU,
        0L);
  }

  private static UsageEvent saving(long picoDollars) {
    UsageEvent event = event("a", NOON, CallOutcome.ANSWERED, 1);
    event.put("promptCacheSavingPicoDollars", picoDollars);
    return event;
  }

  private static PromptResult result(ResultSource source, boolean repeat, long saved) {
    return PromptResult.newBuilder()
        .setId("r")
        .setTenant("a")
        .setModel("haiku")
        .setSource(source)
        .setRepeat(repeat)
        .setContent(List.of())
        .setStopReason("end_turn")
        .setUsage(new TokenUsage(100L, 10L, 0L, 0L, 0L))
        .setModelId(HAIKU)
        .setRegion("us-east-1")
        .setFingerprint("00")
        .setRequestedAt(NOON)
        .setSettledAt(NOON)
        .setSavedPicoDollars(saved)
        .build();
  }

  private static EmbeddingResult text(ResultSource source, long saved) {
    return EmbeddingResult.newBuilder()
        .setId("t")
        .setTenant("a")
        .setModel("titan")
        .setSource(source)
        .setDimensions(1)
        .setUsage(new TokenUsage(100L, 0L, 0L, 0L, 0L))
        .setModelId("amazon.titan-embed-text-v2:0")
        .setRegion("us-east-1")
        .setFingerprint("00")
        .setRequestedAt(NOON)
        .setSettledAt(NOON)
        .setSavedPicoDollars(saved)
        .build();
  }
}
