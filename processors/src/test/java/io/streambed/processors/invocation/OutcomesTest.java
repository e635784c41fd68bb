/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.processors.model.CallFailure;
import io.streambed.processors.model.Lane;
import io.streambed.processors.model.ModelCall;
import io.streambed.processors.model.ModelCall.EmbeddingCall;
import io.streambed.processors.model.ModelResult.Failed;
import io.streambed.processors.model.PriceTable;
import io.streambed.processors.model.Quota;
import io.streambed.processors.model.Tier;
import io.streambed.schemas.CallOutcome;
import io.streambed.schemas.TokenUsage;
import io.streambed.schemas.UsageEvent;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutcomesTest {

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  @Test
  void sharesAddUpExactlyAndTheFirstBearsTheRemainder() {
    assertThat(Outcomes.shares(100, List.of(1, 1, 1))).containsExactly(34L, 33L, 33L);
    assertThat(Outcomes.shares(7, List.of(0, 0))).containsExactly(7L, 0L);
    assertThat(Outcomes.shares(0, List.of(5, 3))).containsExactly(0L, 0L);
  }

  @Test
  void theUpperBoundCoversTheTierAskedForAndTheOneItMayBeServedIn() {
    // Given
    Outcomes outcomes = new Outcomes(PriceTable.builtIn(), Duration.ofHours(1));

    // Then: bytes and 1,000 hidden tokens, 0.07 and 0.30 dollars a million
    long usual = 1_010 * 70_000L + 5 * 300_000L;
    assertThat(outcomes.upperBound(lane(Tier.DEFAULT), 10, 5, NOW)).isEqualTo(usual);
    assertThat(outcomes.upperBound(lane(Tier.PRIORITY), 10, 5, NOW)).isEqualTo(usual / 4 * 7);
    assertThat(outcomes.upperBound(lane(Tier.FLEX), 10, 5, NOW)).isEqualTo(usual);
    assertThat(outcomes.upperBound(lane(Tier.RESERVED), 10, 5, NOW)).isEqualTo(usual);
  }

  @Test
  void theUpperBoundCoversThePriceOfTomorrow() {
    // Given
    String file =
        "{\"models\":[{\"id\":\"openai.gpt-oss-20b-1:0\",\"prices\":["
            + "{\"from\":\"2026-01-01\",\"input\":\"1\"},{\"from\":\"2026-11-21\",\"input\":\"3\"}]}]}";
    PriceTable prices = PriceTable.read(new ByteArrayInputStream(file.getBytes(UTF_8)));

    // Then
    assertThat(new Outcomes(prices, Duration.ofHours(1)).upperBound(lane(Tier.DEFAULT), 0, 5, NOW))
        .isEqualTo(1_000 * 3_000_000L);
  }

  @Test
  void aCallIsPricedByTheTierThatServedIt() {
    // Given
    Outcomes outcomes = new Outcomes(PriceTable.builtIn(), Duration.ofHours(1));
    TokenUsage usage = new TokenUsage(100L, 10L, 0L, 0L, 0L);

    // Then
    assertThat(cost(outcomes, usage, Optional.empty())).isEqualTo(100 * 35_000L + 10 * 150_000L);
    assertThat(cost(outcomes, usage, Optional.of("default")))
        .isEqualTo(100 * 70_000L + 10 * 300_000L);
    assertThat(cost(outcomes, usage, Optional.of("tomorrow"))).isZero();
  }

  private static long cost(Outcomes outcomes, TokenUsage usage, Optional<String> servedTier) {
    ModelCall call = new EmbeddingCall("a", lane(Tier.FLEX), "acme", List.of());
    Failed result = new Failed(CallFailure.INTERNAL, "", Optional.empty(), usage, servedTier);
    Completion end = new Completion(call, List.of(), result, NOW, Duration.ZERO);
    UsageEvent event = outcomes.used(end, "m", CallOutcome.FAILED, usage, false, 1);
    assertThat(event.getTier()).isEqualTo("flex");
    assertThat(event.getServedTier()).isEqualTo(servedTier);
    assertThat(event.getPriceRow().isPresent())
        .isEqualTo(!servedTier.equals(Optional.of("tomorrow")));
    assertThat(event.getCostPicoDollars()).isEqualTo(outcomes.cost(end, usage));
    return event.getCostPicoDollars();
  }

  private static Lane lane(Tier tier) {
    return new Lane("openai.gpt-oss-20b-1:0", "us-east-1", tier, 1, Quota.NONE);
  }

  @Test
  void sharesOfLargeSumsDoNotOverflow() {
    // Given
    Random random = new Random(1);
    for (int i = 0; i < 1_000; i++) {
      long total = random.nextLong(1L << 60);
      List<Integer> weights = random.ints(1 + random.nextInt(96), 0, 1 << 20).boxed().toList();

      // When
      List<Long> shares = Outcomes.shares(total, weights);

      // Then
      assertThat(shares.stream().mapToLong(Long::longValue).sum()).isEqualTo(total);
      assertThat(shares).allMatch(share -> share >= 0);
    }
  }
}
