/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.spend;

import io.streambed.schemas.EmbeddingResult;
import io.streambed.schemas.PromptResult;
import io.streambed.schemas.ResultSource;
import io.streambed.schemas.UsageEvent;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Adds up usage events and answers that needed no call. Not for use by several threads. */
public final class Spending {

  /** What sums are kept apart by. */
  public enum By {
    /** On whose behalf. */
    TENANT,
    /** Alias of the model that was asked for. */
    MODEL,
    /**
     * The provider's model id or inference profile, the region, and the tier that was asked for.
     */
    LANE,
    /** Class of service that was asked for. */
    TIER,
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

  /** What of an event or of a result says where it belongs. */
  private record Place(
      String tenant, String model, String modelId, String region, String tier, Instant at) {

    String word(By by) {
      return switch (by) {
        case TENANT -> tenant;
        case MODEL -> model;
        case LANE -> {
          String place = modelId + "@" + region;
          yield tier.equals(DEFAULT_TIER) ? place : place + "+" + tier;
        }
        case TIER -> tier;
        case DAY -> LocalDate.ofInstant(at, ZoneOffset.UTC).toString();
      };
    }
  }

  private static final String DEFAULT_TIER = "default";

  private final List<By> by;
  private final Map<List<String>, Sum> sums = new LinkedHashMap<>();
  private final Set<String> unpriced = new TreeSet<>();

  /**
   * @param by what sums are kept apart by, in this order; none for one sum of all
   */
  public Spending(List<By> by) {
    this.by = List.copyOf(by);
  }

  /** A call. */
  public void add(UsageEvent event) {
    Place place =
        new Place(
            event.getTenant(),
            event.getModel(),
            event.getModelId(),
            event.getRegion(),
            event.getTier(),
            event.getSettledAt());
    if (event.getPriceEffectiveFrom().isEmpty()) {
      unpriced.add(place.word(By.LANE));
    }
    add(place, Sum.of(event));
  }

  /** A result; one that was paid for by its own call counts for nothing here. */
  public void add(PromptResult result) {
    Place place =
        new Place(
            result.getTenant(),
            result.getModel(),
            result.getModelId(),
            result.getRegion(),
            result.getTier(),
            result.getSettledAt());
    answer(place, result.getSource(), result.getRepeat(), result.getSavedPicoDollars());
  }

  /** The same of a text. */
  public void add(EmbeddingResult result) {
    Place place =
        new Place(
            result.getTenant(),
            result.getModel(),
            result.getModelId(),
            result.getRegion(),
            result.getTier(),
            result.getSettledAt());
    answer(place, result.getSource(), result.getRepeat(), result.getSavedPicoDollars());
  }

  private void answer(Place place, ResultSource source, boolean repeat, long saved) {
    // A repeat is an answer that was kept, however the request came by it at first.
    if (repeat || source == ResultSource.CACHE) {
      add(place, Sum.ofCached(saved));
    } else if (source == ResultSource.COALESCED) {
      add(place, Sum.ofCoalesced(saved));
    }
  }

  private void add(Place place, Sum sum) {
    sums.merge(by.stream().map(place::word).toList(), sum, Sum::plus);
  }

  /** Lanes with calls that have no price, in the order of their names. */
  public Set<String> unpriced() {
    return Collections.unmodifiableSet(unpriced);
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
