/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads an entry of {@code models.json}. */
final class ModelFile {
  private ModelFile() {}

  static ModelSpec model(JsonNode entry) {
    int context = entry.required("contextTokens").asInt();
    JsonNode cache = entry.path("promptCache");
    return new ModelSpec(
        entry.required("id").asText(),
        ModelKind.valueOf(entry.path("kind").asText("CHAT")),
        prices(entry),
        context,
        entry.path("longContextTokens").asInt(context),
        entry.path("maxOutputTokens").asInt(0),
        entry.path("burndown").asInt(1),
        entry.path("tools").asBoolean(false),
        entry.path("streamedTools").asBoolean(true),
        entry.path("images").asBoolean(false),
        entry.path("sampling").asBoolean(true),
        entry.path("profileOnly").asBoolean(false),
        new PromptCaching(
            cache.path("minimum").asInt(0),
            cache.path("tools").asBoolean(false),
            cache.path("hour").asBoolean(false)));
  }

  private static PriceList prices(JsonNode entry) {
    Price usual = price(entry.required("usdPerMillionTokens"));
    JsonNode more = entry.path("longContext");
    Tariff tariff =
        more.isMissingNode()
            ? new Tariff(LocalDate.EPOCH, usual)
            : new Tariff(
                LocalDate.EPOCH, usual, more.required("aboveTokens").asLong(), price(more));
    Map<String, BigDecimal> tiers = new HashMap<>();
    entry
        .path("tierFactors")
        .properties()
        .forEach(tier -> tiers.put(tier.getKey(), new BigDecimal(tier.getValue().asText())));
    return new PriceList(List.of(tariff), tiers);
  }

  private static Price price(JsonNode usd) {
    return new Price(
        number(usd, "input"),
        number(usd, "output"),
        number(usd, "cacheRead"),
        number(usd, "cacheWrite"),
        number(usd, "cacheWriteHour"));
  }

  private static BigDecimal number(JsonNode usd, String name) {
    return new BigDecimal(usd.path(name).asText("0"));
  }
}
