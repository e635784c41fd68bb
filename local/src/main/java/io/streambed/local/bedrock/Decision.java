/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streambed.local.bedrock.answer.ConverseAnswers;
import io.streambed.local.bedrock.answer.EmbeddingAnswers;
import io.streambed.local.bedrock.catalog.ModelCatalog;
import io.streambed.local.bedrock.catalog.ModelLookup;
import io.streambed.local.bedrock.catalog.ModelSpec;
import io.streambed.local.bedrock.wire.Answer;
import io.streambed.local.bedrock.wire.ErrorType;
import io.streambed.local.bedrock.wire.Json;
import io.streambed.local.bedrock.wire.Operation;
import java.io.IOException;
import java.util.Optional;

/**
 * How a request would be answered if nothing came in between.
 *
 * @param model the model that was meant, if there is one
 * @param answer the answer or the refusal
 */
record Decision(Optional<ModelSpec> model, Answer answer) {

  static Decision of(
      ModelCatalog catalog, Operation operation, String modelId, Optional<ObjectNode> body) {
    return switch (catalog.find(modelId)) {
      case ModelLookup.Unknown() -> refused(ErrorType.VALIDATION.message());
      case ModelLookup.NeedsProfile(String id) ->
          refused(
              "Invocation of model ID "
                  + id
                  + " with on-demand throughput isn’t supported. Retry your request with the ID or"
                  + " ARN of an inference profile that contains this model.");
      case ModelLookup.Found(ModelSpec model) ->
          new Decision(
              Optional.of(model),
              body.map(json -> answer(model, operation, json))
                  .orElseGet(
                      () -> Answer.Refusal.invalid("The request body is not a JSON object.")));
    };
  }

  /** What the answer costs, in pico-dollars. */
  long picoDollars() {
    return model.map(spec -> spec.price().of(answer.usage())).orElse(0L);
  }

  private static Answer answer(ModelSpec model, Operation operation, ObjectNode body) {
    return switch (operation) {
      case CONVERSE -> ConverseAnswers.answer(model, body, false);
      case CONVERSE_STREAM -> ConverseAnswers.answer(model, body, true);
      case INVOKE_MODEL -> EmbeddingAnswers.answer(model, body);
      case COUNT_TOKENS -> count(body);
    };
  }

  private static Answer count(ObjectNode body) {
    if (body.path("input").path("converse") instanceof ObjectNode converse) {
      return new Answer.Count(ConverseAnswers.inputTokens(converse));
    }
    try {
      byte[] invoke = body.path("input").path("invokeModel").path("body").binaryValue();
      Optional<ObjectNode> inner = invoke == null ? Optional.empty() : Json.parse(invoke);
      return inner
          .<Answer>map(json -> new Answer.Count(ConverseAnswers.inputTokens(json)))
          .orElseGet(() -> Answer.Refusal.invalid("input must hold converse or invokeModel."));
    } catch (IOException e) {
      return Answer.Refusal.invalid("input.invokeModel.body must be Base64.");
    }
  }

  private static Decision refused(String message) {
    return new Decision(Optional.empty(), Answer.Refusal.invalid(message));
  }
}
