/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.streambed.processors.model.PriceTable.PricedModel;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The file of a price table: money in decimal strings, so that none is rounded. */
record PriceFile(@Nullable List<String> note, @Nullable List<Model> models) {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  // Dollars for 10⁶ tokens are 10⁻⁶ dollars, or 10⁶ pico-dollars, for one.
  private static final BigDecimal PICOS_A_TOKEN = BigDecimal.valueOf(1_000_000);

  /** One model's prices. */
  record Model(
      @Nullable String id,
      @Nullable String source,
      @Nullable BigDecimal geographyFactor,
      @Nullable List<Row> prices) {}

  /** One price; output is missing for embeddings. */
  record Row(
      @Nullable String from,
      @Nullable BigDecimal input,
      @Nullable BigDecimal output,
      @Nullable BigDecimal cacheRead,
      @Nullable BigDecimal cacheWrite) {}

  static Map<String, PricedModel> read(InputStream file) {
    PriceFile parsed;
    try {
      parsed = JSON.readValue(file, PriceFile.class);
    } catch (JsonProcessingException e) {
      throw PriceTableException.unreadable(e.getOriginalMessage(), e.getLocation());
    } catch (IOException e) {
      throw PriceTableException.unreadable(e);
    }
    if (parsed.models == null || parsed.models.isEmpty()) {
      throw PriceTableException.at("models", "is empty; give at least one model");
    }
    Map<String, PricedModel> models = new HashMap<>();
    for (int i = 0; i < parsed.models.size(); i++) {
      Model model = parsed.models.get(i);
      if (model.id == null || model.id.isBlank()) {
        throw PriceTableException.at("models[" + i + "].id", "is missing");
      }
      if (models.put(model.id, priced(model, model.id)) != null) {
        throw PriceTableException.at(model.id, "is there twice; put all its prices in one entry");
      }
    }
    return models;
  }

  private static PricedModel priced(Model model, String id) {
    if (model.prices == null || model.prices.isEmpty()) {
      throw PriceTableException.at(id, "has no prices");
    }
    BigDecimal factor = model.geographyFactor == null ? BigDecimal.ONE : model.geographyFactor;
    NavigableMap<LocalDate, Price> global = new TreeMap<>();
    NavigableMap<LocalDate, Price> geography = new TreeMap<>();
    for (Row row : model.prices) {
      LocalDate from = day(row.from, id);
      if (global.put(from, price(row, from, BigDecimal.ONE, id)) != null) {
        throw PriceTableException.at(id, "has two prices from " + from);
      }
      geography.put(from, price(row, from, factor, id));
    }
    return new PricedModel(global, geography);
  }

  private static Price price(Row row, LocalDate from, BigDecimal factor, String id) {
    long input = picos(row.input, factor, id, "input");
    return new Price(
        from,
        input,
        row.output == null ? 0 : picos(row.output, factor, id, "output"),
        row.cacheRead == null ? input : picos(row.cacheRead, factor, id, "cacheRead"),
        row.cacheWrite == null ? input : picos(row.cacheWrite, factor, id, "cacheWrite"));
  }

  private static long picos(
      @Nullable BigDecimal dollars, BigDecimal factor, String id, String field) {
    if (dollars == null || dollars.signum() < 0) {
      throw PriceTableException.at(id, field + " is missing or below zero");
    }
    try {
      return dollars.multiply(factor).multiply(PICOS_A_TOKEN).longValueExact();
    } catch (ArithmeticException e) {
      throw PriceTableException.at(
          id, field + " has more than six decimals (with its factor), or is too large");
    }
  }

  private static LocalDate day(@Nullable String from, String id) {
    try {
      return LocalDate.parse(from == null ? "" : from);
    } catch (DateTimeException e) {
      throw PriceTableException.at(id, "from must be a day such as 2026-01-31");
    }
  }
}
