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
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
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

  private static final BigDecimal TWICE = BigDecimal.valueOf(2);

  /** One model's prices. */
  record Model(
      @Nullable String id,
      @Nullable String source,
      @Nullable BigDecimal geographyFactor,
      @Nullable Map<String, @Nullable BigDecimal> tierFactors,
      @Nullable List<Row> prices) {}

  /** One price; output is missing for embeddings. */
  record Row(
      @Nullable String from,
      @Nullable String name,
      @Nullable BigDecimal input,
      @Nullable BigDecimal output,
      @Nullable BigDecimal cacheRead,
      @Nullable BigDecimal cacheWrite,
      @Nullable BigDecimal cacheWriteHour,
      @Nullable List<LongContext> longContext) {}

  /** Prices of calls with more input than so many tokens. */
  record LongContext(
      @Nullable Long above,
      @Nullable BigDecimal input,
      @Nullable BigDecimal output,
      @Nullable BigDecimal cacheRead,
      @Nullable BigDecimal cacheWrite,
      @Nullable BigDecimal cacheWriteHour) {}

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
    NavigableMap<LocalDate, Price> rows = new TreeMap<>();
    for (Row row : model.prices) {
      LocalDate from = day(row.from, id);
      if (rows.put(from, price(row, from, id)) != null) {
        throw PriceTableException.at(id, "has two prices from " + from);
      }
    }
    BigDecimal geography =
        model.geographyFactor == null
            ? BigDecimal.ONE
            : factor(model.geographyFactor, id, "geographyFactor");
    return PricedModel.of(rows, geography, tierFactors(model, id));
  }

  private static Map<String, BigDecimal> tierFactors(Model model, String id) {
    Map<String, BigDecimal> factors = new HashMap<>();
    if (model.tierFactors != null) {
      model.tierFactors.forEach((tier, factor) -> {
        String field = "tierFactors." + tier;
        if (Tier.ofWord(tier).isEmpty() || tier.equals(Tier.DEFAULT.word())) {
          throw PriceTableException.at(id, field + " is none of priority, flex and reserved");
        }
        factors.put(tier, factor(factor, id, field));
      });
    }
    return factors;
  }

  private static BigDecimal factor(@Nullable BigDecimal factor, String id, String field) {
    if (factor == null || factor.signum() < 0) {
      throw PriceTableException.at(id, field + " is missing or below zero");
    }
    return factor;
  }

  private static Price price(Row row, LocalDate from, String id) {
    Rates rates =
        rates(id, row.input, row.output, row.cacheRead, row.cacheWrite, row.cacheWriteHour);
    List<Price.Step> steps = new ArrayList<>();
    for (LongContext step : row.longContext == null ? List.<LongContext>of() : row.longContext) {
      long last = steps.isEmpty() ? 0 : steps.getLast().above();
      if (step.above == null || step.above <= last) {
        throw PriceTableException.at(
            id, "longContext.above is missing, or not more than " + last + "; give tokens, rising");
      }
      steps.add(
          new Price.Step(
              step.above,
              rates(
                  id,
                  step.input,
                  step.output,
                  step.cacheRead,
                  step.cacheWrite,
                  step.cacheWriteHour)));
    }
    return new Price(row.name == null ? id : row.name, from, rates, steps);
  }

  private static Rates rates(
      String id,
      @Nullable BigDecimal input,
      @Nullable BigDecimal output,
      @Nullable BigDecimal cacheRead,
      @Nullable BigDecimal cacheWrite,
      @Nullable BigDecimal cacheWriteHour) {
    long usual = picos(input, id, "input");
    long hour =
        cacheWrite == null || input == null
            ? usual
            : picos(input.multiply(TWICE), id, "cacheWriteHour");
    return new Rates(
        usual,
        output == null ? 0 : picos(output, id, "output"),
        cacheRead == null ? usual : picos(cacheRead, id, "cacheRead"),
        cacheWrite == null ? usual : picos(cacheWrite, id, "cacheWrite"),
        cacheWriteHour == null ? hour : picos(cacheWriteHour, id, "cacheWriteHour"));
  }

  private static long picos(@Nullable BigDecimal dollars, String id, String field) {
    if (dollars == null || dollars.signum() < 0) {
      throw PriceTableException.at(id, field + " is missing or below zero");
    }
    try {
      return dollars.multiply(PICOS_A_TOKEN).longValueExact();
    } catch (ArithmeticException e) {
      throw PriceTableException.at(id, field + " has more than six decimals, or is too large");
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
