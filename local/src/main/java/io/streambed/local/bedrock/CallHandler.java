/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streambed.local.bedrock.fault.FaultEffect;
import io.streambed.local.bedrock.fault.Faults;
import io.streambed.local.bedrock.ledger.CallFacts;
import io.streambed.local.bedrock.ledger.CallOutcome;
import io.streambed.local.bedrock.ledger.Ledger;
import io.streambed.local.bedrock.quota.Quotas;
import io.streambed.local.bedrock.wire.Json;
import io.streambed.local.http.Exchange;
import java.time.Clock;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Takes a call from its first byte to its last. Each call runs on a virtual thread of its own. */
final class CallHandler {
  private final Ledger ledger;
  private final Faults faults;
  private final Quotas quotas;
  private final Planner planner;
  private final String defaultRegion;
  private final Clock clock;
  private final LongSupplier nanos;

  CallHandler(
      Ledger ledger,
      Faults faults,
      Quotas quotas,
      Planner planner,
      String defaultRegion,
      Clock clock,
      LongSupplier nanos) {
    this.ledger = ledger;
    this.faults = faults;
    this.quotas = quotas;
    this.planner = planner;
    this.defaultRegion = defaultRegion;
    this.clock = clock;
    this.nanos = nanos;
  }

  void handle(ModelPath path, Exchange exchange) {
    byte[] bytes = RequestReader.body(exchange.request());
    Optional<ObjectNode> body = Json.parse(bytes);
    CallFacts facts =
        RequestReader.facts(exchange.request(), path, bytes, body, clock.instant(), defaultRegion);
    Ledger.Line line = ledger.open(facts);
    try {
      Optional<FaultEffect> fault = faults.meet(facts, new String(bytes, UTF_8));
      carryOut(planner.plan(facts, body, fault, nanos.getAsLong()), line, facts, exchange);
    } finally {
      line.leave();
    }
  }

  private void carryOut(Plan plan, Ledger.Line line, CallFacts facts, Exchange exchange) {
    ResponseWriter writer =
        new ResponseWriter(
            exchange.response(),
            plan instanceof Plan.Deliver deliver ? deliver.tier() : Optional.empty());
    switch (plan) {
      case Plan.Refuse(var refusal) -> {
        line.settle(new CallOutcome.Refused(refusal.type().status(), refusal.type().title()));
        writer.refuse(refusal);
      }
      case Plan.Gateway(int status) -> {
        line.settle(new CallOutcome.Refused(status, "gateway"));
        writer.gateway(status);
      }
      case Plan.Vanish vanish -> {
        exchange.client().await(vanish.after());
        line.settle(new CallOutcome.Broken(vanish.fault()));
        exchange.client().cut();
      }
      case Plan.Deliver deliver -> {
        try {
          new Delivery(deliver, facts, exchange.client(), writer).run(line::settle);
        } finally {
          quotas.settle(
              new Quotas.Route(facts.modelId(), facts.region()),
              deliver.quotaReserved(),
              deliver.quotaUsed(),
              nanos.getAsLong());
        }
      }
    }
  }
}
