/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

import io.streambed.schemas.EmbeddingRequest;
import io.streambed.schemas.PromptRequest;
import java.util.List;

/** One HTTP request to a model, to be made. */
public sealed interface ModelCall {

  /** Id of the attempt; it travels in the request's metadata, so that a bill can be joined. */
  String attemptId();

  /** Where the call goes. */
  Lane lane();

  /** On whose behalf. */
  String tenant();

  /**
   * A prompt to answer.
   *
   * @param maxTokens most tokens in the answer, always sent: left out, Bedrock reserves the model's
   *     maximum
   */
  record PromptCall(String attemptId, Lane lane, String tenant, PromptRequest prompt, int maxTokens)
      implements ModelCall {
    @Override
    public String toString() {
      return "PromptCall[" + attemptId + "]";
    }
  }

  /**
   * Texts to embed, of one tenant and with equal parameters.
   *
   * @param texts at least one, at most as many as {@link EmbeddingFamily#maxBatch} allows
   */
  record EmbeddingCall(String attemptId, Lane lane, String tenant, List<EmbeddingRequest> texts)
      implements ModelCall {
    public EmbeddingCall {
      texts = List.copyOf(texts);
    }

    @Override
    public String toString() {
      return "EmbeddingCall[" + attemptId + ", " + texts.size() + " texts]";
    }
  }
}
