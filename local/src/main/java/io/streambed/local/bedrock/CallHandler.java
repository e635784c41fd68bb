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
import io.streambed.local.http.Request;
import java.time.Clock;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Takes a call from its first byte to its last. */
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
    Request request = exchange.request();
    Optional<ObjectNode> body = Json.parse(request.body());
    CallFacts facts = RequestReader.facts(request, path, body, clock.instant(), defaultRegion);
    Ledger.Line line = ledger.open(facts);
    exchange.whenOver(ending -> line.leave());
    Optional<FaultEffect> fault = faults.meet(facts, new String(request.body(), UTF_8));
    carryOut(planner.plan(facts, body, fault, nanos.getAsLong()), line, facts, exchange);
  }

  private void carryOut(Plan plan, Ledger.Line line, CallFacts facts, Exchange exchange) {
    switch (plan) {
      case Plan.Refuse(var refusal) -> {
        line.settle(new CallOutcome.Refused(refusal.type().status(), refusal.type().title()));
        new ResponseWriter(exchange).refuse(refusal);
      }
      case Plan.Gateway(int status) -> {
        line.settle(new CallOutcome.Refused(status, "gateway"));
        new ResponseWriter(exchange).gateway(status);
      }
      case Plan.Vanish vanish -> {
        exchange.whenOver(ending -> line.settle(new CallOutcome.Broken(vanish.fault())));
        exchange.after(vanish.after(), exchange::cut);
      }
      case Plan.Deliver deliver -> {
        exchange.whenOver(ending ->
            quotas.settle(
                new Quotas.Route(facts.modelId(), facts.region()),
                deliver.quotaReserved(),
                deliver.quotaUsed(),
                nanos.getAsLong()));
        new Delivery(deliver, facts, exchange, line::settle).start();
      }
    }
  }
}
