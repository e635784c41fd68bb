/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streambed.local.bedrock.ledger.LedgerEntry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.bedrockruntime.model.AccessDeniedException;
import software.amazon.awssdk.services.bedrockruntime.model.CacheDetail;
import software.amazon.awssdk.services.bedrockruntime.model.CachePointType;
import software.amazon.awssdk.services.bedrockruntime.model.CacheTTL;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceTierType;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** What the stand-in bills for tiers and for the prompt cache. */
class BillingIT extends Stand {
  private static final String GPT = "openai.gpt-oss-20b-1:0";
  private static final String HAIKU = "global.anthropic.claude-haiku-4-5-20251001-v1:0";

  @ParameterizedTest
  @CsvSource({
    // 0.07 and 0.30 dollars for a million tokens
    "DEFAULT, default, 70000, 300000",
    "PRIORITY, priority, 122500, 525000",
    "FLEX, flex, 35000, 150000",
    "RESERVED, default, 70000, 300000",
  })
  void aTierIsBilledByItsPriceAndToldInTheAnswerAndTheLedger(
      ServiceTierType tier, String served, long input, long output) {
    // When
    ConverseResponse response =
        sync.converse(
            prompt("Hello").toBuilder().modelId(GPT).serviceTier(it -> it.type(tier)).build());

    // Then
    LedgerEntry call = bedrock.ledger().calls().getFirst();
    TokenUsage usage = response.usage();
    assertThat(call.facts().tier()).isEqualTo(tier.toString());
    assertThat(call.outcome().picoDollars())
        .isEqualTo(usage.inputTokens() * input + usage.outputTokens() * output);
    if (tier == ServiceTierType.DEFAULT) {
      assertThat(response.serviceTier()).isNull();
    } else {
      assertThat(response.serviceTier().typeAsString()).isEqualTo(served);
    }
  }

  @Test
  void aTierThatAModelIsNotServedInIsRefused() {
    assertThatThrownBy(() ->
            sync.converse(
                prompt("Hello").toBuilder()
                    .serviceTier(tier -> tier.type(ServiceTierType.FLEX))
                    .build()))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("flex");
    assertThatThrownBy(() ->
            sync.invokeModel(
                invoke(TITAN, "{\"inputText\":\"a\"}").toBuilder().serviceTier("priority").build()))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("priority");
  }

  @Test
  void thePromptCacheIsWrittenOnceAndReadThereafter() {
    // Given: a system prompt above the minimum of 4,096 tokens
    ConverseRequest request = cached("clear water. ".repeat(3_000), CacheTTL.VALUE_1_H);

    // When
    TokenUsage first = sync.converse(request).usage();
    TokenUsage second = sync.converse(request).usage();

    // Then
    assertThat(first.cacheReadInputTokens()).isZero();
    assertThat(first.cacheWriteInputTokens()).isGreaterThan(4_096);
    assertThat(first.cacheDetails())
        .containsExactly(
            CacheDetail.builder()
                .ttl(CacheTTL.VALUE_1_H)
                .inputTokens(first.cacheWriteInputTokens())
                .build());
    assertThat(second.cacheReadInputTokens()).isEqualTo(first.cacheWriteInputTokens());
    assertThat(second.cacheWriteInputTokens()).isZero();
    assertThat(second.inputTokens()).isEqualTo(first.inputTokens());
    // 1 and 5 dollars for a million tokens, 0.10 from the cache, 2 into it for an hour
    assertThat(bedrock.ledger().calls().stream().map(call -> call.outcome().picoDollars()))
        .containsExactly(
            first.inputTokens() * 1_000_000L
                + first.outputTokens() * 5_000_000L
                + first.cacheWriteInputTokens() * 2_000_000L,
            second.inputTokens() * 1_000_000L
                + second.outputTokens() * 5_000_000L
                + second.cacheReadInputTokens() * 100_000L);
  }

  @Test
  void aModelWithoutAPromptCacheDeniesACachePoint() {
    assertThatThrownBy(() ->
            sync.converse(cached("Be brief.", CacheTTL.VALUE_5_M).toBuilder().modelId(GPT).build()))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("prompt caching");
  }

  @Test
  void aLongContextIsReadOnlyWhenItIsAskedFor() {
    // Given: somewhat more than 200,000 tokens
    String model = "global.anthropic.claude-sonnet-4-5-20250929-v1:0";
    ConverseRequest request =
        prompt("clear water. ".repeat(80_000)).toBuilder().modelId(model).build();

    // Then
    assertThatThrownBy(() -> sync.converse(request)).isInstanceOf(ValidationException.class);

    // When
    TokenUsage usage =
        sync.converse(
                request.toBuilder()
                    .additionalModelRequestFields(
                        software.amazon.awssdk.core.document.Document.mapBuilder()
                            .putList(
                                "anthropic_beta", list -> list.addString("context-1m-2025-08-07"))
                            .build())
                    .build())
            .usage();

    // Then: 6 and 22.50 dollars for a million tokens
    assertThat(usage.inputTokens()).isGreaterThan(200_000);
    assertThat(bedrock.ledger().calls().getLast().outcome().picoDollars())
        .isEqualTo(usage.inputTokens() * 6_000_000L + usage.outputTokens() * 22_500_000L);
  }

  private static ConverseRequest cached(String system, CacheTTL ttl) {
    return prompt("Which river is this?").toBuilder()
        .modelId(HAIKU)
        .system(
            List.of(
                SystemContentBlock.fromText(system),
                SystemContentBlock.fromCachePoint(
                    point -> point.type(CachePointType.DEFAULT).ttl(ttl))))
        .build();
  }
}
