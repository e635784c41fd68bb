/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streambed.schemas.TokenUsage;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PriceTableTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 20);
  private static final PriceTable BUILT_IN = PriceTable.builtIn();
  private static final String HAIKU = "anthropic.claude-haiku-4-5-20251001-v1:0";

  static Stream<String> modelIds() {
    return BUILT_IN.modelIds().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("modelIds")
  void everyModelHasAPriceByEveryNameItCanBeCalledBy(String id) {
    // Given
    Price price = BUILT_IN.priceOf(id, "default", TODAY).orElseThrow();

    // Then
    assertThat(price.rates().inputPicos()).isPositive();
    assertThat(price.rates().cacheReadPicos())
        .isPositive()
        .isLessThanOrEqualTo(price.rates().inputPicos());
    assertThat(price.rates().cacheWritePicos()).isGreaterThanOrEqualTo(price.rates().inputPicos());
    assertThat(price.rates().outputPicos())
        .isGreaterThanOrEqualTo(
            EmbeddingFamily.of(id).isPresent() ? 0 : price.rates().inputPicos());
    assertThat(BUILT_IN.priceOf("global." + id, "default", TODAY)).contains(price);
    assertThat(
            BUILT_IN.priceOf("arn:aws:bedrock:us-east-1::foundation-model/" + id, "default", TODAY))
        .contains(price);
    for (String prefix : new String[] {"us.", "eu.", "apac.", "au.", "jp.", "us-gov."}) {
      Price geography = BUILT_IN.priceOf(prefix + id, "default", TODAY).orElseThrow();
      assertThat(geography.rates().inputPicos() * 10)
          .isIn(price.rates().inputPicos() * 10, price.rates().inputPicos() * 11);
      assertThat(
              BUILT_IN.priceOf(
                  "arn:aws:bedrock:us-east-1:123456789012:inference-profile/" + prefix + id,
                  "default",
                  TODAY))
          .contains(geography);
    }
  }

  @ParameterizedTest
  @MethodSource("modelIds")
  void everyModelIsOfAFamilyThatIsKnownIfItEmbeds(String id) {
    assertThat(EmbeddingFamily.of(id).isPresent()).isEqualTo(id.contains("embed"));
  }

  @ParameterizedTest
  @CsvSource({
    // Pico-dollars a token: dollars a million tokens, times a million.
    "anthropic.claude-3-5-haiku-20241022-v1:0, 800000, 4000000, 80000, 1000000, 1600000",
    "anthropic.claude-opus-4-1-20250805-v1:0, 15000000, 75000000, 1500000, 18750000, 30000000",
    "anthropic.claude-haiku-4-5-20251001-v1:0, 1000000, 5000000, 100000, 1250000, 2000000",
    "us.anthropic.claude-haiku-4-5-20251001-v1:0, 1100000, 5500000, 110000, 1375000, 2200000",
    "global.anthropic.claude-sonnet-4-6, 3000000, 15000000, 300000, 3750000, 6000000",
    "eu.anthropic.claude-opus-5, 5500000, 27500000, 550000, 6875000, 11000000",
    "anthropic.claude-opus-5-5, 4000000, 20000000, 200000, 5000000, 8000000",
    "us.anthropic.claude-3-7-sonnet-20250219-v1:0, 3000000, 15000000, 300000, 3750000, 6000000",
    "us.amazon.nova-micro-v1:0, 35000, 140000, 8750, 35000, 35000",
    "deepseek.v3.2, 620000, 1850000, 620000, 620000, 620000",
    "amazon.titan-embed-text-v2:0, 20000, 0, 20000, 20000, 20000",
    "us.cohere.embed-v4:0, 120000, 0, 120000, 120000, 120000",
    "amazon.nova-2-multimodal-embeddings-v1:0, 135000, 0, 135000, 135000, 135000",
  })
  void aRowSaysWhatWasCollected(
      String id, long input, long output, long read, long write, long hour) {
    // When
    Price price = BUILT_IN.priceOf(id, "default", TODAY).orElseThrow();

    // Then
    assertThat(price.effectiveFrom()).isEqualTo(LocalDate.of(2025, 1, 1));
    assertThat(price.rates()).isEqualTo(new Rates(input, output, read, write, hour));
  }

  @Test
  void aCallCostsExactlyWhatItsTokensCost() {
    // Given
    Price price = BUILT_IN.priceOf("us." + HAIKU, "default", TODAY).orElseThrow();

    // When
    long cost = price.costOf(new TokenUsage(8L, 10L, 100L, 1000L, 300L));

    // Then
    assertThat(cost)
        .isEqualTo(
            8 * 1_100_000L
                + 10 * 5_500_000L
                + 100 * 110_000L
                + 700 * 1_375_000L
                + 300 * 2_200_000L);
  }

  @Test
  void aModelThatNobodyPricedHasNone() {
    assertThat(BUILT_IN.priceOf("acme.talker-v1:0", "default", TODAY)).isEmpty();
    assertThat(
            BUILT_IN.priceOf(
                "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2",
                "default",
                TODAY))
        .isEmpty();
  }

  @Test
  void thePriceOfTheDayCounts() {
    // Given
    PriceTable table =
        PriceTable.read(
            file(
                "{\"models\":[{\"id\":\"m\",\"prices\":[{\"from\":\"2026-09-01\",\"input\":\"3\"},"
                    + "{\"from\":\"2026-01-01\",\"input\":\"2\"}]}]}"));

    // Then
    assertThat(table.priceOf("m", "default", LocalDate.of(2025, 12, 31))).isEmpty();
    assertThat(input(table, LocalDate.of(2026, 1, 1))).contains(2_000_000L);
    assertThat(input(table, LocalDate.of(2026, 8, 31))).contains(2_000_000L);
    assertThat(input(table, LocalDate.of(2026, 9, 1))).contains(3_000_000L);
  }

  @Test
  void aTierCostsItsFactorRoundedToWholePicos() {
    // Given: 0.00875 dollars a million tokens from the cache; 15,312.5 picos in the priority tier
    PriceTable table =
        PriceTable.read(
            file(
                "{\"models\":[{\"id\":\"m\",\"geographyFactor\":\"1.1\",\"tierFactors\":"
                    + "{\"priority\":\"1.75\"},\"prices\":[{\"from\":\"2026-01-01\","
                    + "\"name\":\"contract 7\",\"input\":\"0.035\",\"cacheRead\":\"0.00875\"}]}]}"));

    // When
    Price price = table.priceOf("m", "priority", TODAY).orElseThrow();
    Price geography = table.priceOf("eu.m", "priority", TODAY).orElseThrow();

    // Then
    assertThat(price.row()).isEqualTo("contract 7");
    assertThat(price.rates()).isEqualTo(new Rates(61_250, 0, 15_313, 61_250, 61_250));
    assertThat(geography.rates()).isEqualTo(new Rates(67_375, 0, 16_844, 67_375, 67_375));
    assertThat(table.priceOf("m", "flex", TODAY)).isEmpty();
  }

  @Test
  void aLongInputPricesTheWholeCall() {
    // Given
    Price price =
        BUILT_IN
            .priceOf("anthropic.claude-sonnet-4-5-20250929-v1:0", "default", TODAY)
            .orElseThrow();

    // Then: 3 and 15 dollars a million tokens up to 200,000, the cached ones counted, then 6 and
    // 22.50
    assertThat(price.costOf(new TokenUsage(100_000L, 10L, 100_000L, 0L, 0L)))
        .isEqualTo(100_000 * 3_000_000L + 10 * 15_000_000L + 100_000 * 300_000L);
    assertThat(price.costOf(new TokenUsage(100_001L, 10L, 100_000L, 0L, 0L)))
        .isEqualTo(100_001 * 6_000_000L + 10 * 22_500_000L + 100_000 * 600_000L);
    assertThat(price.upperBound(199_000, 10)).isEqualTo(200_000 * 6_000_000L + 10 * 15_000_000L);
    assertThat(price.upperBound(199_001, 10)).isEqualTo(200_001 * 12_000_000L + 10 * 22_500_000L);
  }

  @Test
  void thePromptCacheCanCostMoreThanItSaves() {
    // Given
    Price price = BUILT_IN.priceOf(HAIKU, "default", TODAY).orElseThrow();

    // Then: 0.90 dollars a million read, less 0.25 written for five minutes and 1 for an hour
    assertThat(price.promptCacheSavingOf(new TokenUsage(5L, 5L, 10L, 7L, 3L)))
        .isEqualTo(10 * 900_000L - 4 * 250_000L - 3 * 1_000_000L);
    assertThat(price.promptCacheSavingOf(new TokenUsage(5L, 5L, 0L, 7L, 3L)))
        .isEqualTo(-4 * 250_000L - 3 * 1_000_000L);
  }

  @Test
  void aUsersTableComesBeforeOurs() {
    // Given
    String profile = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2";
    PriceTable ours =
        BUILT_IN.overriddenBy(
            PriceTable.read(
                file(
                    "{\"models\":[{\"id\":\""
                        + HAIKU
                        + "\",\"prices\":[{\"from\":\"2026-01-01\",\"input\":\"0.5\"}]},{\"id\":\""
                        + profile
                        + "\",\"prices\":[{\"from\":\"2026-01-01\",\"input\":\"7\"}]}]}")));

    // Then
    assertThat(
            ours.priceOf("us." + HAIKU, "default", TODAY).map(price -> price.rates().inputPicos()))
        .contains(500_000L);
    assertThat(ours.priceOf(profile, "default", TODAY).map(price -> price.rates().inputPicos()))
        .contains(7_000_000L);
    assertThat(ours.priceOf("deepseek.v3.2", "default", TODAY)).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{                                                                    | line 1",
        "{'models':[]}                                                        | models: is empty",
        "{'model':[]}                                                         | model",
        "{'models':[{'prices':[]}]}                                           | models[0].id",
        "{'models':[{'id':'m','prices':[]}]}                                  | m: has no prices",
        "{'models':[{'id':'m','prices':[{'from':'soon','input':'1'}]}]}       | m: from must be",
        "{'models':[{'id':'m','prices':[{'from':'2026-01-01'}]}]}             | m: input is missing",
        "{'models':[{'id':'m','prices':[{'from':'2026-01-01','input':'-1'}]}]} | below zero",
        "{'models':[{'id':'m','prices':[{'from':'2026-01-01','input':'0.0000001'}]}]} | six decimals",
        "{'models':[{'id':'m','prices':[{'from':'2026-01-01','input':'1'},{'from':'2026-01-01','input':'2'}]}]} | two prices from 2026-01-01",
        "{'models':[{'id':'m','tierFactors':{'flexx':'1'},'prices':[{'from':'2026-01-01','input':'1'}]}]} | tierFactors.flexx is none of",
        "{'models':[{'id':'m','tierFactors':{'flex':'-1'},'prices':[{'from':'2026-01-01','input':'1'}]}]} | tierFactors.flex is missing or below zero",
        "{'models':[{'id':'m','prices':[{'from':'2026-01-01','input':'1','longContext':[{'input':'2'}]}]}]} | longContext.above is missing",
        "{'models':[{'id':'m','prices':[{'from':'2026-01-01','input':'1','longContext':[{'above':9,'input':'2'},{'above':9,'input':'3'}]}]}]} | not more than 9",
        "{'models':[{'id':'m','prices':[{'from':'2026-01-01','input':'1'}]},{'id':'m','prices':[{'from':'2026-02-01','input':'1'}]}]} | twice",
      })
  void aWrongTableSaysWhere(String json, String problem) {
    assertThatThrownBy(() -> PriceTable.read(file(json.replace('\'', '"'))))
        .isInstanceOf(PriceTableException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void noCallOfThatManyBytesCostsMoreThanItsUpperBound() {
    // Given
    Price price = BUILT_IN.priceOf(HAIKU, "default", TODAY).orElseThrow();
    long bytes = 2_000;

    // Then: each byte a token, in the dearest way there is
    assertThat(price.upperBound(bytes, 200))
        .isGreaterThanOrEqualTo(price.costOf(new TokenUsage(bytes, 200L, 0L, 0L, 0L)))
        .isGreaterThanOrEqualTo(price.costOf(new TokenUsage(0L, 200L, 0L, bytes, 0L)))
        .isGreaterThanOrEqualTo(price.costOf(new TokenUsage(0L, 200L, 0L, bytes, bytes)))
        .isEqualTo((2_000 + 1_000) * 2_000_000L + 200 * 5_000_000L);
  }

  @Test
  void aSumThatDoesNotFitStopsAtTheLargest() {
    // Given
    Price price =
        new Price(
            "row",
            TODAY,
            new Rates(1_000_000, 5_000_000, 100_000, 1_250_000, 2_000_000),
            List.of());

    // Then
    assertThat(price.costOf(new TokenUsage(Long.MAX_VALUE, 1L, 0L, 0L, 0L)))
        .isEqualTo(Long.MAX_VALUE);
    assertThat(price.upperBound(Long.MAX_VALUE, 1)).isEqualTo(Long.MAX_VALUE);
  }

  private static Optional<Long> input(PriceTable table, LocalDate day) {
    return table.priceOf("m", "default", day).map(price -> price.rates().inputPicos());
  }

  private static InputStream file(String json) {
    return new ByteArrayInputStream(json.getBytes(UTF_8));
  }
}
