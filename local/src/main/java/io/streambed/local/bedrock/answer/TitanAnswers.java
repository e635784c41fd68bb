/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streambed.local.bedrock.catalog.ModelKind;
import io.streambed.local.bedrock.catalog.ModelSpec;
import io.streambed.local.bedrock.wire.Answer;
import io.streambed.local.bedrock.wire.Json;
import io.streambed.local.bedrock.wire.Usage;
import java.util.Set;

/** Amazon Titan: one text (or image) a call. */
final class TitanAnswers {
  private static final int V1_DIMENSIONS = 1536;
  private static final Set<Integer> V2_DIMENSIONS = Set.of(256, 512, 1024);
  private static final Set<Integer> IMAGE_DIMENSIONS = Set.of(256, 384, 1024);
  private static final int MAX_CHARS = 50_000;
  private static final String MALFORMED =
      "Malformed input request, please reformat your input and try again.";

  /** What a vector that was not normalised is longer than one. */
  private static final float RAW_LENGTH = 7.5f;

  private TitanAnswers() {}

  static Answer answer(ModelSpec model, ObjectNode body) {
    String text = body.path("inputText").asText("");
    String image = model.kind() == ModelKind.TITAN_IMAGE ? body.path("inputImage").asText("") : "";
    if (text.isBlank() && image.isEmpty()) {
      return Answer.Refusal.invalid(
          "Malformed input request: expected minLength: 1, actual: 0, please reformat your input and try again.");
    }
    long tokens = Tokens.count(text);
    if (tokens > model.contextTokens() || text.length() > MAX_CHARS) {
      return Answer.Refusal.invalid(
          "400 Bad Request: Too many input tokens. Max input tokens: %d, request input token count: %d"
              .formatted(model.contextTokens(), tokens));
    }
    int dimensions = dimensions(model.kind(), body);
    if (dimensions == 0) {
      return Answer.Refusal.invalid(MALFORMED);
    }
    float[] vector = NgramVector.of(model.id(), text + image, dimensions);
    boolean v2 = model.kind() == ModelKind.TITAN_TEXT_V2;
    if (v2 && !body.path("normalize").asBoolean(true)) {
      for (int i = 0; i < vector.length; i++) {
        vector[i] *= RAW_LENGTH;
      }
    }
    ObjectNode answer = Json.object();
    if (v2) {
      byType(answer, body.path("embeddingTypes"), vector);
    } else {
      answer.set("embedding", NumberFormat.FLOAT.write(vector));
    }
    answer.put("inputTextTokenCount", tokens);
    return new Answer.Vectors(answer, 1, Usage.of(tokens, 0), true);
  }

  /** The number that is asked for, or the family's default; 0 if the family does not have it. */
  private static int dimensions(ModelKind kind, ObjectNode body) {
    if (kind == ModelKind.TITAN_TEXT_V1) {
      return V1_DIMENSIONS;
    }
    boolean v2 = kind == ModelKind.TITAN_TEXT_V2;
    JsonNode asked =
        v2 ? body.path("dimensions") : body.path("embeddingConfig").path("outputEmbeddingLength");
    int dimensions = asked.asInt(1024);
    return (v2 ? V2_DIMENSIONS : IMAGE_DIMENSIONS).contains(dimensions) ? dimensions : 0;
  }

  private static void byType(ObjectNode answer, JsonNode types, float[] vector) {
    boolean binary = types.isArray() && contains((ArrayNode) types, "binary");
    boolean floats = !types.isArray() || types.isEmpty() || contains((ArrayNode) types, "float");
    ObjectNode byType = Json.object();
    if (floats) {
      answer.set("embedding", NumberFormat.FLOAT.write(vector));
      byType.set("float", NumberFormat.FLOAT.write(vector));
    }
    if (binary) {
      byType.set("binary", NumberFormat.signs(vector));
    }
    answer.set("embeddingsByType", byType);
  }

  private static boolean contains(ArrayNode names, String wanted) {
    for (JsonNode name : names) {
      if (name.asText().equals(wanted)) {
        return true;
      }
    }
    return false;
  }
}
