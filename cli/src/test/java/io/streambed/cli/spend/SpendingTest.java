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
import io.streambed.processors.model.PriceTable;
import io.streambed.schemas.CallOutcome;
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

  /** 1 USD a million tokens read, 5 written, 0.10 from the cache, 1.25 to it. */
  private static final String HAIKU = "anthropic.claude-haiku-4-5-20251001-v1:0";

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  @Test
  void sumsAreKeptApartAndTheDearestComesFirst() {
    // Given
    Spending spending = new Spending(List.of(By.TENANT, By.MODEL), PriceTable.builtIn());

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
    Spending spending = new Spending(List.of(By.DAY), PriceTable.builtIn());

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
    Spending spending = new Spending(List.of(), PriceTable.builtIn());

    // When
    spending.add(event("a", NOON, CallOutcome.ANSWERED, 10));
    spending.add(event("a", NOON, CallOutcome.POSSIBLY_BILLED, 500));

    // Then
    assertThat(spending.total().spent()).isEqualTo(10);
    assertThat(spending.total().atMost()).isEqualTo(500);
  }

  @Test
  void whatIsSavedIsTheDiscountOfThePromptCacheAndTheCallsThatWereNotMade() {
    // Given
    Spending spending = new Spending(List.of(), PriceTable.builtIn());

    // When: a million tokens from the cache save 0.90 USD, 100,000 to it cost 0.025 more
    spending.add(used(new TokenUsage(0L, 0L, 1_000_000L, 100_000L, 0L)));
    spending.add(result(ResultSource.CACHE, false));
    spending.add(result(ResultSource.MODEL, false));
    spending.add(result(ResultSource.MODEL, true));

    // Then: each call not made would have read 100 tokens and written 10
    assertThat(spending.total().savedTokens()).isEqualTo(875_000_000_000L);
    assertThat(spending.total().answers()).isEqualTo(2);
    assertThat(spending.total().savedAnswers()).isEqualTo(2 * (100 * 1_000_000L + 10 * 5_000_000L));
  }

  @Test
  void aModelWithoutAPriceIsCountedAndNotFree() {
    // Given
    Spending spending = new Spending(List.of(), PriceTable.builtIn());
    UsageEvent event = event("a", NOON, CallOutcome.ANSWERED, 0);
    event.put("priceEffectiveFrom", null);

    // When
    spending.add(event);

    // Then
    assertThat(spending.total().unpriced()).isEqualTo(1);
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
        at);
  }

  private static UsageEvent used(TokenUsage usage) {
    UsageEvent event = event("a", NOON, CallOutcome.ANSWERED, 1);
    event.put("usage", usage);
    return event;
  }

  private static PromptResult result(ResultSource source, boolean repeat) {
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
        .build();
  }
}
