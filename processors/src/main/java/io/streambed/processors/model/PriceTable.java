/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

import io.streambed.processors.model.PricedModel.Geography;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What models cost, by model id, tier and day. Immutable. */
public final class PriceTable {

  private static final String BUILT_IN = "prices.json";

  private final Map<String, PricedModel> models;

  private PriceTable(Map<String, PricedModel> models) {
    this.models = Map.copyOf(models);
  }

  /** The table that comes with Streambed. */
  public static PriceTable builtIn() {
    try (InputStream file = PriceTable.class.getResourceAsStream(BUILT_IN)) {
      if (file == null) {
        throw new IllegalStateException(BUILT_IN + " is missing from the class path");
      }
      return read(file);
    } catch (IOException e) {
      throw new IllegalStateException(BUILT_IN + " cannot be read", e);
    }
  }

  /**
   * The table that settings name.
   *
   * @throws IOException if its file cannot be read
   * @throws PriceTableException if it is wrong; it says where
   */
  public static PriceTable of(PricesConfig config) throws IOException {
    if (config.file().isEmpty()) {
      return builtIn();
    }
    try (InputStream own = Files.newInputStream(config.file().get())) {
      PriceTable table = read(own);
      return config.builtIn() ? builtIn().overriddenBy(table) : table;
    }
  }

  /**
   * Reads tables in the form of {@code prices.json}; where a model is in several, the last counts
   * for it.
   *
   * @throws PriceTableException if one is wrong; it says where
   */
  public static PriceTable read(InputStream... files) {
    Map<String, PricedModel> models = new HashMap<>();
    Arrays.stream(files).map(PriceFile::read).forEach(models::putAll);
    return new PriceTable(models);
  }

  /** This table, where the other has no prices for a model. */
  public PriceTable overriddenBy(PriceTable other) {
    Map<String, PricedModel> both = new HashMap<>(models);
    both.putAll(other.models);
    return new PriceTable(both);
  }

  /**
   * The price of a model in a tier on a day.
   *
   * @param modelId a model id, or id or ARN of an inference profile that names the model; for an
   *     application's own profile, whose ARN names none, the table must hold the ARN itself
   * @param tier the provider's word
   */
  public Optional<Price> priceOf(String modelId, String tier, LocalDate day) {
    PricedModel own = models.get(modelId);
    if (own != null) {
      return own.at(day, Geography.GLOBAL, tier);
    }
    ProfiledModel profiled = ProfiledModel.of(modelId);
    return Optional.ofNullable(models.get(profiled.modelId()))
        .flatMap(model -> model.at(day, profiled.geography(), tier));
  }

  /** Bare ids of all models in the table. */
  public Set<String> modelIds() {
    return Collections.unmodifiableSet(models.keySet());
  }
}
