/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.catalog;

import io.streambed.local.bedrock.wire.Usage;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a model costs by day and service tier, on one route.
 *
 * @param tariffs the oldest first; before the first a call costs nothing
 * @param tierFactors by how much a tier's price is multiplied; a model is not served in others
 * @param routeFactor by how much the route's is
 */
public record PriceList(
    List<Tariff> tariffs, Map<String, BigDecimal> tierFactors, BigDecimal routeFactor) {

  /** The tier of a call that names none. */
  public static final String DEFAULT_TIER = "default";

  public PriceList {
    tariffs = List.copyOf(tariffs);
    tierFactors = Map.copyOf(tierFactors);
  }

  /** One that is the same on every route. */
  public PriceList(List<Tariff> tariffs, Map<String, BigDecimal> tierFactors) {
    this(tariffs, tierFactors, BigDecimal.ONE);
  }

  /** Tiers in which the model is served, beside the default one. */
  public Set<String> tiers() {
    return tierFactors.keySet();
  }

  /** The same on a route that costs so much more. */
  PriceList times(BigDecimal factor) {
    return new PriceList(tariffs, tierFactors, factor);
  }

  /**
   * What a call costs, in pico-dollars.
   *
   * @param tier the tier that it was served in
   */
  public long of(Usage usage, String tier, LocalDate day) {
    BigDecimal tierFactor =
        tier.equals(DEFAULT_TIER) ? BigDecimal.ONE : tierFactors.getOrDefault(tier, BigDecimal.ONE);
    long cost = 0;
    for (Tariff tariff : tariffs) {
      if (!tariff.from().isAfter(day)) {
        cost = tariff.of(usage).of(usage, tierFactor.multiply(routeFactor));
      }
    }
    return cost;
  }
}
