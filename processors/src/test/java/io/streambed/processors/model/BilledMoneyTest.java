/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.local.bedrock.catalog.ModelCatalog;
import io.streambed.local.bedrock.catalog.ModelLookup;
import io.streambed.local.bedrock.catalog.ModelSpec;
import io.streambed.local.bedrock.catalog.PriceList;
import io.streambed.local.bedrock.catalog.Tariff;
import io.streambed.local.bedrock.wire.Usage;
import io.streambed.schemas.TokenUsage;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Our arithmetic against the stand-in's, which shares no code with it. */
class BilledMoneyTest {

  private static final List<String> TIERS = List.of("default", "priority", "flex");
  private static final List<String> ROUTES = List.of("", "us.", "global.");
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);

  private static final ModelCatalog CATALOG = ModelCatalog.load();
  private static final PriceTable BUILT_IN = PriceTable.builtIn();

  @Property(tries = 2_000)
  void whatWeReckonIsWhatTheStandInBillsForTheModelsThatBothKnow(@ForAll Random random) {
    // Given
    List<ModelSpec> models =
        CATALOG.models().stream()
            .filter(model -> BUILT_IN.modelIds().contains(model.id()))
            .sorted(Comparator.comparing(ModelSpec::id))
            .toList();
    ModelSpec model = models.get(random.nextInt(models.size()));
    String route = model.profileOnly() ? "us." : ROUTES.get(random.nextInt(ROUTES.size()));
    String tier = TIERS.get(random.nextInt(TIERS.size()));
    ModelSpec called = ((ModelLookup.Found) CATALOG.find(route + model.id())).model();
    TokenUsage usage = usage(random, model);

    // When
    var price = BUILT_IN.priceOf(route + model.id(), tier, LocalDate.of(2026, 11, 20));

    // Then
    boolean served = tier.equals("default") || called.prices().tiers().contains(tier);
    assertThat(price.isPresent()).isEqualTo(served);
    price.ifPresent(ours ->
        assertThat(ours.costOf(usage))
            .isEqualTo(called.prices().of(billed(usage), tier, LocalDate.of(2026, 11, 20))));
  }

  @Property(tries = 1_000)
  void whatWeReckonIsWhatTheStandInBillsByAnyTable(@ForAll Random random) {
    // Given
    Map<String, BigDecimal> factors =
        Map.of("priority", factor(random), "flex", factor(random), "reserved", BigDecimal.ZERO);
    List<Tariff> tariffs = tariffs(random);
    PriceList theirs = new PriceList(tariffs, factors);
    PriceTable ours = PriceTable.read(new ByteArrayInputStream(file(tariffs, factors)));

    for (int i = 0; i < 20; i++) {
      TokenUsage usage = usage(random);
      LocalDate day = FIRST.plusDays(random.nextInt(400) - 20);
      String tier = List.of("default", "priority", "flex", "reserved").get(random.nextInt(4));

      // When
      var price = ours.priceOf("m", tier, day);

      // Then
      assertThat(price.map(it -> it.costOf(usage)).orElse(0L))
          .isEqualTo(theirs.of(billed(usage), tier, day));
      price.ifPresent(it -> {
        long input = usage.getInputTokens() + usage.getCacheReadInputTokens();
        long bytes = input + usage.getCacheWriteInputTokens();
        assertThat(it.upperBound(bytes, usage.getOutputTokens()))
            .isGreaterThanOrEqualTo(theirs.of(billed(usage), tier, day));
        TokenUsage uncached = new TokenUsage(bytes, usage.getOutputTokens(), 0L, 0L, 0L);
        assertThat(it.promptCacheSavingOf(usage))
            .isEqualTo(
                theirs.of(billed(uncached), tier, day) - theirs.of(billed(usage), tier, day));
      });
    }
  }

  /** Tokens of kinds that the model can be billed for. */
  private static TokenUsage usage(Random random, ModelSpec model) {
    TokenUsage any = usage(random);
    boolean cache = model.caching().exists();
    return new TokenUsage(
        any.getInputTokens(),
        model.maxOutputTokens() == 0 ? 0 : any.getOutputTokens(),
        cache ? any.getCacheReadInputTokens() : 0,
        cache ? any.getCacheWriteInputTokens() : 0,
        model.caching().hour() ? any.getCacheWriteHourInputTokens() : 0);
  }

  private static TokenUsage usage(Random random) {
    long written = random.nextInt(100_000);
    return new TokenUsage(
        (long) random.nextInt(200_000),
        (long) random.nextInt(10_000),
        (long) random.nextInt(100_000),
        written,
        random.nextLong(written + 1));
  }

  private static Usage billed(TokenUsage usage) {
    return new Usage(
        usage.getInputTokens(),
        usage.getOutputTokens(),
        usage.getCacheReadInputTokens(),
        usage.getCacheWriteInputTokens(),
        usage.getCacheWriteHourInputTokens());
  }

  private static List<Tariff> tariffs(Random random) {
    Map<LocalDate, Tariff> byDay = new TreeMap<>();
    for (int i = 0; i <= random.nextInt(4); i++) {
      LocalDate from = FIRST.plusDays(random.nextInt(365));
      byDay.put(
          from, new Tariff(from, price(random), 1_000L + random.nextInt(300_000), price(random)));
    }
    return new ArrayList<>(byDay.values());
  }

  private static io.streambed.local.bedrock.catalog.Price price(Random random) {
    return new io.streambed.local.bedrock.catalog.Price(
        dollars(random), dollars(random), dollars(random), dollars(random), dollars(random));
  }

  /** Up to six decimals, as a price list can have. */
  private static BigDecimal dollars(Random random) {
    return BigDecimal.valueOf(random.nextInt(300_000), 3 + random.nextInt(4));
  }

  private static BigDecimal factor(Random random) {
    return BigDecimal.valueOf(random.nextInt(3_000), 3);
  }

  private static byte[] file(List<Tariff> tariffs, Map<String, BigDecimal> factors) {
    List<String> rows =
        tariffs.stream()
            .map(tariff ->
                "{\"from\":\"%s\",%s,\"longContext\":[{\"above\":%d,%s}]}"
                    .formatted(
                        tariff.from(),
                        fields(tariff.usual()),
                        tariff.longAbove(),
                        fields(tariff.longContext())))
            .toList();
    return "{\"models\":[{\"id\":\"m\",\"tierFactors\":{\"priority\":\"%s\",\"flex\":\"%s\",\"reserved\":\"0\"},\"prices\":[%s]}]}"
        .formatted(factors.get("priority"), factors.get("flex"), String.join(",", rows))
        .getBytes(UTF_8);
  }

  private static String fields(io.streambed.local.bedrock.catalog.Price price) {
    return String.format(
        Locale.ROOT,
        "\"input\":\"%s\",\"output\":\"%s\",\"cacheRead\":\"%s\",\"cacheWrite\":\"%s\",\"cacheWriteHour\":\"%s\"",
        price.input().toPlainString(),
        price.output().toPlainString(),
        price.cacheRead().toPlainString(),
        price.cacheWrite().toPlainString(),
        price.cacheWriteHour().toPlainString());
  }
}
