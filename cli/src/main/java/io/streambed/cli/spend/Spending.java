/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.spend;

import io.streambed.processors.model.Price;
import io.streambed.processors.model.PriceTable;
import io.streambed.schemas.EmbeddingResult;
import io.streambed.schemas.PromptResult;
import io.streambed.schemas.ResultSource;
import io.streambed.schemas.TokenUsage;
import io.streambed.schemas.UsageEvent;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Adds up usage events and answers that needed no call. Not for use by several threads. */
public final class Spending {

  /** What sums are kept apart by. */
  public enum By {
    /** On whose behalf. */
    TENANT,
    /** Alias of the model that was asked for. */
    MODEL,
    /** The provider's model id or inference profile, and the region. */
    LANE,
    /** Day of the settlement, in UTC. */
    DAY
  }

  /**
   * A sum.
   *
   * @param key one word for each of what sums are kept apart by
   */
  public record Row(List<String> key, Sum sum) {
    public Row {
      key = List.copyOf(key);
    }
  }

  /** What of an event or an answer says where it belongs. */
  private record Place(String tenant, String model, String lane, LocalDate day) {

    String word(By by) {
      return switch (by) {
        case TENANT -> tenant;
        case MODEL -> model;
        case LANE -> lane;
        case DAY -> day.toString();
      };
    }
  }

  private final List<By> by;
  private final PriceTable prices;
  private final Map<List<String>, Sum> sums = new LinkedHashMap<>();

  /**
   * @param by what sums are kept apart by, in this order; none for one sum of all
   * @param prices what calls would have cost that were saved
   */
  public Spending(List<By> by, PriceTable prices) {
    this.by = List.copyOf(by);
    this.prices = prices;
  }

  /** A call. */
  public void add(UsageEvent event) {
    Place place =
        place(
            event.getTenant(),
            event.getModel(),
            event.getModelId(),
            event.getRegion(),
            event.getSettledAt());
    long saved =
        prices
            .priceOf(event.getModelId(), place.day())
            .map(price -> savedTokens(event.getUsage(), price))
            .orElse(0L);
    add(place, Sum.of(event, saved));
  }

  private static long savedTokens(TokenUsage usage, Price price) {
    return usage.getCacheReadInputTokens() * (price.inputPicos() - price.cacheReadPicos())
        - usage.getCacheWriteInputTokens() * (price.cacheWritePicos() - price.inputPicos());
  }

  /** A result; one that was paid for by its own call counts for nothing here. */
  public void add(PromptResult result) {
    if (isFree(result.getSource(), result.getRepeat())) {
      free(
          place(
              result.getTenant(),
              result.getModel(),
              result.getModelId(),
              result.getRegion(),
              result.getSettledAt()),
          result.getModelId(),
          result.getUsage());
    }
  }

  /** The same of a text. */
  public void add(EmbeddingResult result) {
    if (isFree(result.getSource(), result.getRepeat())) {
      free(
          place(
              result.getTenant(),
              result.getModel(),
              result.getModelId(),
              result.getRegion(),
              result.getSettledAt()),
          result.getModelId(),
          result.getUsage());
    }
  }

  private static boolean isFree(ResultSource source, boolean repeat) {
    return repeat || source == ResultSource.CACHE || source == ResultSource.COALESCED;
  }

  private void free(Place place, String modelId, TokenUsage usage) {
    Optional<Price> price = prices.priceOf(modelId, place.day());
    add(place, Sum.ofAnswer(price.map(it -> it.costOf(usage)).orElse(0L)));
  }

  private static Place place(
      String tenant, String model, String modelId, String region, Instant at) {
    return new Place(
        tenant, model, modelId + "@" + region, LocalDate.ofInstant(at, ZoneOffset.UTC));
  }

  private void add(Place place, Sum sum) {
    sums.merge(by.stream().map(place::word).toList(), sum, Sum::plus);
  }

  /** The sums, by day where they are kept apart by it, and the dearest first. */
  public List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    sums.forEach((key, sum) -> rows.add(new Row(key, sum)));
    int day = by.indexOf(By.DAY);
    Comparator<Row> dearest =
        Comparator.comparingLong((Row row) -> row.sum().spent() + row.sum().atMost()).reversed();
    rows.sort(
        day < 0
            ? dearest
            : Comparator.comparing((Row row) -> row.key().get(day)).thenComparing(dearest));
    return rows;
  }

  /** All together. */
  public Sum total() {
    return sums.values().stream().reduce(Sum.NOTHING, Sum::plus);
  }
}
