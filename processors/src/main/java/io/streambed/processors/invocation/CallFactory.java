/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import io.streambed.processors.job.Payload;
import io.streambed.processors.model.ModelCall;
import io.streambed.processors.model.ModelCall.EmbeddingCall;
import io.streambed.processors.model.ModelCall.PromptCall;
import io.streambed.schemas.EmbeddingRequest;
import io.streambed.schemas.InferenceParameters;
import io.streambed.schemas.Operation;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.state.Job;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Makes the call for flights from what their stores hold. Owned by a stream thread. */
record CallFactory(FlightStores stores, Payload payload) {

  /**
   * The call for one flight, or for several that share one.
   *
   * @param flights of one alias, tenant and batch group; each with the bytes of its content known
   *     afterwards
   */
  ModelCall call(String attemptId, List<Flight> flights) {
    Flight first = flights.getFirst();
    if (first.alias().operation() == Operation.PROMPT) {
      return prompt(attemptId, first);
    }
    List<EmbeddingRequest> texts = new ArrayList<>(flights.size());
    for (Flight flight : flights) {
      texts.add(payload.embedding(founder(flight), content(flight)));
    }
    return new EmbeddingCall(attemptId, first.alias().lane(), first.tenant(), texts);
  }

  private PromptCall prompt(String attemptId, Flight flight) {
    PromptRequest prompt = payload.prompt(founder(flight), content(flight));
    int maxTokens =
        prompt
            .getInference()
            .flatMap(InferenceParameters::getMaxTokens)
            .orElse(flight.alias().maxTokens());
    return new PromptCall(attemptId, flight.alias().lane(), flight.tenant(), prompt, maxTokens);
  }

  private Job founder(Flight flight) {
    Job job = stores.job(flight.id(), flight.firstWaiters(1).getFirst().number());
    if (job == null) {
      throw new IllegalStateException("a job that waits is not in its store");
    }
    return job;
  }

  private ByteBuffer content(Flight flight) {
    ByteBuffer content = stores.content(flight.id());
    flight.contentBytes(content.remaining());
    return content;
  }
}
