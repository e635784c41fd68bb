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
import io.streambed.local.bedrock.catalog.ModelKind;
import io.streambed.local.bedrock.catalog.ModelLookup;
import io.streambed.local.bedrock.catalog.ModelSpec;
import io.streambed.local.bedrock.catalog.PriceList;
import io.streambed.local.bedrock.wire.Answer;
import io.streambed.local.bedrock.wire.ErrorType;
import io.streambed.local.bedrock.wire.Json;
import io.streambed.local.bedrock.wire.Operation;
import io.streambed.local.bedrock.wire.Usage;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Optional;

/**
 * How a request would be answered if nothing came in between.
 *
 * @param model the model that was meant, if there is one
 * @param answer the answer or the refusal
 */
record Decision(Optional<ModelSpec> model, Answer answer) {
  private static final String RESERVED = "reserved";

  static Decision of(
      ModelCatalog catalog,
      Operation operation,
      String modelId,
      String tier,
      Optional<ObjectNode> body) {
    return switch (catalog.find(modelId)) {
      case ModelLookup.Unknown() -> refused(ErrorType.VALIDATION.message());
      case ModelLookup.NeedsProfile(String id) ->
          refused(
              "Invocation of model ID "
                  + id
                  + " with on-demand throughput isn’t supported. Retry your request with the ID or"
                  + " ARN of an inference profile that contains this model.");
      case ModelLookup.Found(ModelSpec model) when !isServed(model, tier) ->
          refused("This model does not support the service tier " + tier + ".");
      case ModelLookup.Found(ModelSpec model) ->
          new Decision(
              Optional.of(model),
              body.map(json -> answer(model, operation, json))
                  .orElseGet(
                      () -> Answer.Refusal.invalid("The request body is not a JSON object.")));
    };
  }

  /** A reservation can be asked for with every model that answers prompts. */
  private static boolean isServed(ModelSpec model, String tier) {
    return tier.equals(PriceList.DEFAULT_TIER)
        || model.prices().tiers().contains(tier)
        || (tier.equals(RESERVED) && model.kind() == ModelKind.CHAT);
  }

  /** The tier that a call is served in: nobody has a reservation, so all of it flows over. */
  static String servedIn(String tier) {
    return tier.equals(RESERVED) ? PriceList.DEFAULT_TIER : tier;
  }

  /** The same with an answer of that many tokens. */
  Decision with(Usage usage) {
    return answer instanceof Answer.Message message
        ? new Decision(model, message.withUsage(usage))
        : this;
  }

  /** What the answer costs on a day, in pico-dollars. */
  long picoDollars(String servedIn, LocalDate day) {
    return model.map(spec -> spec.prices().of(answer.usage(), servedIn, day)).orElse(0L);
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
