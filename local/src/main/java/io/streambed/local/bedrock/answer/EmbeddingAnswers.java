/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.answer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streambed.local.bedrock.catalog.ModelSpec;
import io.streambed.local.bedrock.wire.Answer;

/** Answers InvokeModel of the embedding models, each family in its own format. */
public final class EmbeddingAnswers {
  private EmbeddingAnswers() {}

  /** The answer of that model, or its refusal. */
  public static Answer answer(ModelSpec model, ObjectNode body) {
    return switch (model.kind()) {
      case TITAN_TEXT_V1, TITAN_TEXT_V2, TITAN_IMAGE -> TitanAnswers.answer(model, body);
      case COHERE_V3, COHERE_V4 -> CohereAnswers.answer(model, body);
      case NOVA_2 -> NovaAnswers.answer(model, body);
      case CHAT ->
          Answer.Refusal.invalid(
              "This stand-in answers InvokeModel for embedding models only; ask this model by Converse.");
    };
  }
}
