/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Prices of one model, reckoned for each way in which it can be called.
 *
 * @param offers by the first day of each price; never empty
 */
record PricedModel(Map<Offer, NavigableMap<LocalDate, Price>> offers) {

  /** Where calls of a profile may be served, as far as it is for the price. */
  enum Geography {
    GLOBAL,
    ONE
  }

  /**
   * A way in which a model is called.
   *
   * @param tier the provider's word
   */
  record Offer(Geography geography, String tier) {}

  /**
   * @param rows prices in the default tier, anywhere
   * @param geographyFactor by how much they are multiplied through the profile of a geography
   * @param tierFactors by how much in another tier; those without one have no price
   */
  static PricedModel of(
      NavigableMap<LocalDate, Price> rows,
      BigDecimal geographyFactor,
      Map<String, BigDecimal> tierFactors) {
    Map<String, BigDecimal> tiers = new HashMap<>(tierFactors);
    tiers.put(Tier.DEFAULT.word(), BigDecimal.ONE);
    Map<Offer, NavigableMap<LocalDate, Price>> offers = new HashMap<>();
    tiers.forEach((tier, factor) -> {
      offers.put(new Offer(Geography.GLOBAL, tier), times(rows, factor));
      offers.put(new Offer(Geography.ONE, tier), times(rows, factor.multiply(geographyFactor)));
    });
    return new PricedModel(offers);
  }

  /** The price on a day, if the model has one in that tier. */
  Optional<Price> at(LocalDate day, Geography geography, String tier) {
    return Optional.ofNullable(offers.get(new Offer(geography, tier)))
        .map(prices -> prices.floorEntry(day))
        .map(Map.Entry::getValue);
  }

  private static NavigableMap<LocalDate, Price> times(
      NavigableMap<LocalDate, Price> rows, BigDecimal factor) {
    NavigableMap<LocalDate, Price> reckoned = new TreeMap<>();
    rows.forEach((from, price) -> reckoned.put(from, price.times(factor)));
    return reckoned;
  }
}
