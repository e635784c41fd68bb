/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streambed.local.bedrock.ledger.CallFacts;
import io.streambed.local.bedrock.ledger.CallOutcome;
import io.streambed.local.bedrock.ledger.LedgerEntry;
import io.streambed.local.bedrock.ledger.LedgerFilter;
import io.streambed.local.bedrock.ledger.LedgerSummary;
import io.streambed.local.bedrock.wire.Json;
import io.streambed.local.bedrock.wire.Usage;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The ledger as JSON. */
final class LedgerJson {
  private static final String METADATA_PREFIX = "metadata.";
  private static final Set<String> PARAMETERS =
      Set.of("model", "operation", "attempt", "outcome", "after", "limit");

  private LedgerJson() {}

  /** The filter that a query's parameters describe. */
  static LedgerFilter filter(Map<String, String> query) {
    Map<String, String> metadata = new HashMap<>();
    query.forEach((name, value) -> {
      if (name.startsWith(METADATA_PREFIX)) {
        metadata.put(name.substring(METADATA_PREFIX.length()), value);
      } else if (!PARAMETERS.contains(name)) {
        throw new InvalidFieldException(
            name,
            "is unknown; the parameters are after, attempt, limit, metadata.NAME, model,"
                + " operation, outcome");
      }
    });
    return new LedgerFilter(
        Optional.ofNullable(query.get("model")),
        Optional.ofNullable(query.get("operation")).map(FaultJson::operation),
        Optional.ofNullable(query.get("attempt")),
        Optional.ofNullable(query.get("outcome")),
        number(query, "after", 0),
        metadata);
  }

  static long number(Map<String, String> query, String name, long otherwise) {
    String text = query.get(name);
    if (text == null) {
      return otherwise;
    }
    if (!text.matches("\\d{1,18}")) {
      throw new InvalidFieldException(name, "must be a whole number from 0");
    }
    return Long.parseLong(text);
  }

  static ObjectNode write(LedgerEntry entry) {
    CallFacts facts = entry.facts();
    ObjectNode node =
        Json.object()
            .put("sequence", entry.sequence())
            .put("receivedAt", facts.receivedAt().toString())
            .put("operation", facts.operation().title())
            .put("model", facts.modelId())
            .put("region", facts.region())
            .put("tier", facts.tier());
    facts.attemptId().ifPresent(id -> node.put("attempt", id));
    ObjectNode metadata = node.putObject("metadata");
    facts.metadata().forEach(metadata::put);
    node.put("bodySha256", facts.bodySha256()).put("bodyBytes", facts.bodyBytes());
    outcome(node, entry.outcome());
    node.set("usage", usage(entry.outcome().usage()));
    return node.put("picoDollars", entry.outcome().picoDollars());
  }

  private static void outcome(ObjectNode node, CallOutcome outcome) {
    switch (outcome) {
      case CallOutcome.Open open -> node.put("outcome", "open");
      case CallOutcome.Answered answered ->
          node.put("outcome", "answered")
              .put("status", 200)
              .put("texts", answered.texts())
              .put("millis", answered.took().toMillis());
      case CallOutcome.Refused refused ->
          node.put("outcome", "refused")
              .put("status", refused.status())
              .put("error", refused.errorType());
      case CallOutcome.ClientGone gone ->
          node.put("outcome", "clientGone").put("texts", gone.texts());
      case CallOutcome.Broken broken -> node.put("outcome", "broken").put("fault", broken.fault());
    }
  }

  static ObjectNode write(LedgerSummary summary, int mostOpen, long forgotten) {
    ObjectNode node =
        Json.object()
            .put("calls", summary.calls())
            .put("open", summary.open())
            .put("answered", summary.answered())
            .put("refused", summary.refused())
            .put("clientGone", summary.clientGone())
            .put("broken", summary.broken())
            .put("texts", summary.texts());
    node.set("usage", usage(summary.usage()));
    node.put("picoDollars", summary.picoDollars());
    ObjectNode byModel = node.putObject("callsByModel");
    summary.callsByModel().forEach(byModel::put);
    ObjectNode byType = node.putObject("refusedByType");
    summary.refusedByType().forEach(byType::put);
    return node.put("attemptsBilledTwice", summary.attemptsBilledTwice())
        .put("mostOpen", mostOpen)
        .put("forgotten", forgotten);
  }

  private static ObjectNode usage(Usage usage) {
    return Json.object()
        .put("inputTokens", usage.input())
        .put("outputTokens", usage.output())
        .put("cacheReadInputTokens", usage.cacheRead())
        .put("cacheWriteInputTokens", usage.cacheWrite())
        .put("cacheWriteHourInputTokens", usage.cacheWriteHour());
  }
}
