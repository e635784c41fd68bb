/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streambed.local.bedrock.catalog.ModelSpec;
import io.streambed.local.bedrock.wire.Answer;
import io.streambed.local.bedrock.wire.Json;
import io.streambed.local.bedrock.wire.Usage;
import java.util.Set;

/** Amazon Nova 2 multimodal embeddings: one item a call. */
final class NovaAnswers {
  private static final Set<Integer> DIMENSIONS = Set.of(256, 384, 1024, 3072);
  private static final int DEFAULT_DIMENSIONS = 3072;

  private NovaAnswers() {}

  static Answer answer(ModelSpec model, ObjectNode body) {
    if (!body.path("taskType").asText("").equals("SINGLE_EMBEDDING")) {
      return Answer.Refusal.invalid("taskType must be SINGLE_EMBEDDING for InvokeModel.");
    }
    JsonNode params = body.path("singleEmbeddingParams");
    int dimensions = params.path("embeddingDimension").asInt(DEFAULT_DIMENSIONS);
    if (!DIMENSIONS.contains(dimensions)) {
      return Answer.Refusal.invalid("embeddingDimension must be one of 256, 384, 1024, 3072.");
    }
    if (params.path("embeddingPurpose").asText("").isEmpty()) {
      return Answer.Refusal.invalid("embeddingPurpose is required.");
    }
    boolean image = params.has("image");
    JsonNode text = params.path("text");
    String item = image ? params.get("image").toString() : text.path("value").asText("");
    if (item.isBlank()) {
      return Answer.Refusal.invalid("text.value must not be empty.");
    }
    boolean cuts = !text.path("truncationMode").asText("NONE").equals("NONE");
    if (!image && !cuts && Tokens.count(item) > model.contextTokens()) {
      return Answer.Refusal.invalid(
          "text.value is longer than " + model.contextTokens() + " tokens.");
    }
    String read = image ? item : Tokens.first(item, model.contextTokens());
    ObjectNode answer = Json.object();
    ObjectNode embedding = answer.putArray("embeddings").addObject();
    embedding.put("embeddingType", image ? "IMAGE" : "TEXT");
    embedding.set(
        "embedding", NumberFormat.FLOAT.write(NgramVector.of(model.id(), read, dimensions)));
    return new Answer.Vectors(answer, 1, Usage.of(Tokens.count(read), 0), true);
  }
}
