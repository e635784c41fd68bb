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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the call for flights from what their store holds. Owned by a stream thread. */
record CallFactory(FlightStore store, Payload payload) {

  private static final Logger LOG = LoggerFactory.getLogger(CallFactory.class);

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
      Job founder = store.founder(flight.id());
      texts.add(payload.embedding(founder, content(flight, founder)));
    }
    return new EmbeddingCall(attemptId, first.lane(), first.tenant(), texts);
  }

  /**
   * The same; empty where no call can be made of what the stores hold. That is a defect of ours or
   * the state of a newer version; either way it must not stand in the way of other jobs, as it
   * would if it ended the thread.
   */
  Optional<ModelCall> tryCall(String attemptId, List<Flight> flights) {
    try {
      return Optional.of(call(attemptId, flights));
    } catch (KafkaException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.atError()
          .addKeyValue("model", flights.getFirst().alias().alias())
          .addKeyValue("failure", e.getClass().getName())
          .addKeyValue("at", Arrays.stream(e.getStackTrace()).limit(1).toList())
          .log("no call can be made of a stored job");
      return Optional.empty();
    }
  }

  private PromptCall prompt(String attemptId, Flight flight) {
    Job founder = store.founder(flight.id());
    PromptRequest prompt =
        flight
            .alias()
            .cachePoints()
            .in(payload.prompt(founder, content(flight, founder)), flight.lane().modelId());
    int maxTokens =
        prompt
            .getInference()
            .flatMap(InferenceParameters::getMaxTokens)
            .orElse(flight.alias().maxTokens());
    return new PromptCall(attemptId, flight.lane(), flight.tenant(), prompt, maxTokens);
  }

  private static ByteBuffer content(Flight flight, Job founder) {
    ByteBuffer content = founder.getContent().orElseThrow();
    flight.contentBytes(content.remaining());
    return content;
  }
}
