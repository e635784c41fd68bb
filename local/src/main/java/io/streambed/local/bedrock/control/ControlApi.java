/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.control;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streambed.local.bedrock.fault.Faults;
import io.streambed.local.bedrock.latency.Latencies;
import io.streambed.local.bedrock.ledger.Ledger;
import io.streambed.local.bedrock.ledger.LedgerFilter;
import io.streambed.local.bedrock.quota.Quota;
import io.streambed.local.bedrock.quota.Quotas;
import io.streambed.local.bedrock.wire.Json;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The HTTP API under {@code /_streambed/}, without HTTP. Safe to use from any thread. */
public final class ControlApi {
  /** What its paths begin with. */
  public static final String PREFIX = "/_streambed/";

  private static final int DEFAULT_LIMIT = 1000;
  private static final Set<String> QUOTA_FIELDS =
      Set.of("model", "region", "requestsPerMinute", "tokensPerMinute");

  private final Ledger ledger;
  private final Faults faults;
  private final Latencies latencies;
  private final Quotas quotas;

  public ControlApi(Ledger ledger, Faults faults, Latencies latencies, Quotas quotas) {
    this.ledger = ledger;
    this.faults = faults;
    this.latencies = latencies;
    this.quotas = quotas;
  }

  /**
   * Carries out one request.
   *
   * @param method HTTP method
   * @param path the path behind {@link #PREFIX}
   * @param query the query's parameters
   * @param body the body; empty if there is none or it is no JSON object
   */
  public ControlReply handle(
      String method, String path, Map<String, String> query, Optional<ObjectNode> body) {
    try {
      if (path.startsWith("faults/") && method.equals("DELETE")) {
        return removeFault(path.substring("faults/".length()));
      }
      return switch (method + " " + path) {
        case "GET ledger" -> calls(query);
        case "GET ledger/summary" -> summary(query);
        case "DELETE ledger" -> {
          ledger.clear();
          yield done();
        }
        case "GET faults" -> list(faults.all().stream().map(FaultJson::write).toList());
        case "POST faults" ->
            ControlReply.ok(Json.object().put("id", faults.add(FaultJson.read(required(body)))));
        case "DELETE faults" -> {
          faults.clear();
          yield done();
        }
        case "GET latency" -> latency();
        case "PUT latency" -> putLatency(required(body));
        case "GET quotas" -> quotas();
        case "GET quotas/used" -> usedQuotas();
        case "PUT quotas" -> putQuota(required(body));
        case "DELETE quotas" -> {
          quotas.clear();
          yield done();
        }
        default -> ControlReply.error(404, "there is no " + method + " " + PREFIX + path);
      };
    } catch (InvalidFieldException e) {
      return ControlReply.error(400, e.text());
    }
  }

  private ControlReply calls(Map<String, String> query) {
    LedgerFilter filter = LedgerJson.filter(query);
    long limit = LedgerJson.number(query, "limit", DEFAULT_LIMIT);
    return list(ledger.calls(filter, limit).stream().map(LedgerJson::write).toList());
  }

  private ControlReply summary(Map<String, String> query) {
    return ControlReply.ok(
        LedgerJson.write(
            ledger.summary(LedgerJson.filter(query)), ledger.mostOpen(), ledger.forgotten()));
  }

  private ControlReply removeFault(String id) {
    return faults.remove(id) ? done() : ControlReply.error(404, "there is no fault " + id);
  }

  private ControlReply latency() {
    return list(
        latencies.all().entrySet().stream()
            .map(entry -> LatencyJson.write(entry.getKey(), entry.getValue()))
            .toList());
  }

  private ControlReply putLatency(ObjectNode body) {
    String model = new Fields(body).optionalText("model").orElse(Latencies.ANY_MODEL);
    latencies.set(model, LatencyJson.read(body));
    return done();
  }

  private ControlReply quotas() {
    return list(
        quotas.all().entrySet().stream()
            .map(entry -> {
              ObjectNode node =
                  Json.object()
                      .put("model", entry.getKey().model())
                      .put("region", entry.getKey().region());
              entry
                  .getValue()
                  .requestsPerMinute()
                  .ifPresent(limit -> node.put("requestsPerMinute", limit));
              entry
                  .getValue()
                  .tokensPerMinute()
                  .ifPresent(limit -> node.put("tokensPerMinute", limit));
              return node;
            })
            .toList());
  }

  private ControlReply usedQuotas() {
    return list(
        quotas.tallies().entrySet().stream()
            .map(entry ->
                Json.object()
                    .put("model", entry.getKey().model())
                    .put("region", entry.getKey().region())
                    .put("granted", entry.getValue().granted())
                    .put("refused", entry.getValue().refused())
                    .put("usedTokens", entry.getValue().usedTokens()))
            .toList());
  }

  private ControlReply putQuota(ObjectNode body) {
    Fields fields = new Fields(body).only(QUOTA_FIELDS);
    quotas.set(
        fields.optionalText("model").orElse(Quotas.ANY),
        fields.optionalText("region").orElse(Quotas.ANY),
        new Quota(
            fields.optionalCount("requestsPerMinute"), fields.optionalCount("tokensPerMinute")));
    return done();
  }

  private static ObjectNode required(Optional<ObjectNode> body) {
    return body.orElseThrow(() -> new InvalidFieldException("body", "must be a JSON object"));
  }

  private static ControlReply done() {
    return ControlReply.ok(Json.object());
  }

  private static ControlReply list(Iterable<ObjectNode> nodes) {
    ArrayNode array = Json.object().arrayNode();
    nodes.forEach(array::add);
    return ControlReply.ok(array);
  }
}
