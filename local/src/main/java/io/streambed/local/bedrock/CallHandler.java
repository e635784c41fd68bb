/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.streambed.local.bedrock.catalog.ModelCatalog;
import io.streambed.local.bedrock.latency.Latencies;
import io.streambed.local.bedrock.ledger.CallFacts;
import io.streambed.local.bedrock.ledger.CallOutcome;
import io.streambed.local.bedrock.ledger.Ledger;
import io.streambed.local.bedrock.wire.Answer;
import io.streambed.local.bedrock.wire.Json;
import io.streambed.local.bedrock.wire.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Takes a call from its first byte to its last. Each call runs on a virtual thread of its own. */
final class CallHandler {
  private final ModelCatalog catalog = ModelCatalog.load();
  private final Ledger ledger;
  private final Latencies latencies;
  private final RandomGenerator random;
  private final String defaultRegion;
  private final Clock clock;

  CallHandler(
      Ledger ledger,
      Latencies latencies,
      RandomGenerator random,
      String defaultRegion,
      Clock clock) {
    this.ledger = ledger;
    this.latencies = latencies;
    this.random = random;
    this.defaultRegion = defaultRegion;
    this.clock = clock;
  }

  void handle(ModelPath path, ServerRequest request, ServerResponse response) {
    byte[] bytes = RequestReader.body(request);
    Optional<ObjectNode> body = Json.parse(bytes);
    CallFacts facts =
        RequestReader.facts(request, path, bytes, body, clock.instant(), defaultRegion);
    long sequence = ledger.open(facts);
    try {
      answer(
          sequence, facts, Decision.of(catalog, path.operation(), path.modelId(), body), response);
    } finally {
      ledger.left();
    }
  }

  private void answer(long sequence, CallFacts facts, Decision decision, ServerResponse response) {
    ResponseWriter writer = new ResponseWriter(response);
    if (decision.answer() instanceof Answer.Refusal refusal) {
      ledger.settle(
          sequence, new CallOutcome.Refused(refusal.type().status(), refusal.type().title()));
      writer.refuse(refusal);
      return;
    }
    Answer answer = decision.answer();
    Duration takes =
        answer instanceof Answer.Count
            ? Duration.ZERO
            : latencies.of(facts.modelId()).untilDone(answer.usage().output(), random);
    int texts = answer instanceof Answer.Vectors vectors ? vectors.texts() : 0;
    CallOutcome done =
        new CallOutcome.Answered(answer.usage(), decision.picoDollars(), texts, takes);
    try {
      if (facts.operation() == Operation.CONVERSE_STREAM
          && answer instanceof Answer.Message message) {
        writer.stream(StreamFrames.of(message, takes), takes, () -> ledger.settle(sequence, done));
      } else {
        Pause.of(takes);
        ledger.settle(sequence, done);
        writer.whole(answer, takes);
      }
    } catch (IOException | UncheckedIOException e) {
      ledger.settle(
          sequence, new CallOutcome.ClientGone(answer.usage(), decision.picoDollars(), texts));
    }
  }
}
