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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Cohere Embed: up to 96 texts a call. */
final class CohereAnswers {
  private static final int MOST_ITEMS = 96;
  private static final int V3_DIMENSIONS = 1024;
  private static final int V4_DEFAULT_DIMENSIONS = 1536;
  private static final Set<Integer> V4_DIMENSIONS = Set.of(256, 512, 1024, 1536);
  private static final Set<String> INPUT_TYPES =
      Set.of("search_document", "search_query", "classification", "clustering", "image");

  private CohereAnswers() {}

  static Answer answer(ModelSpec model, ObjectNode body) {
    List<String> items = items(body);
    Optional<Answer.Refusal> refusal = check(model, body, items);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    int dimensions = dimensions(model, body);
    List<float[]> vectors = new ArrayList<>(items.size());
    long tokens = 0;
    for (String item : items) {
      String read = Tokens.first(item, model.contextTokens());
      tokens += Tokens.count(read);
      vectors.add(NgramVector.of(model.id(), read, dimensions));
    }
    ObjectNode answer = Json.object();
    answer.put("id", new UUID(body.toString().hashCode(), tokens).toString());
    JsonNode types = body.path("embedding_types");
    if (types.isEmpty()) {
      answer.set("embeddings", write(NumberFormat.FLOAT, vectors));
      answer.put("response_type", "embeddings_floats");
    } else {
      ObjectNode byType = answer.putObject("embeddings");
      for (JsonNode type : types) {
        NumberFormat.named(type.asText())
            .ifPresent(format -> byType.set(format.wireName(), write(format, vectors)));
      }
      answer.put("response_type", "embeddings_by_type");
    }
    ArrayNode echoed = answer.putArray("texts");
    body.path("texts").forEach(echoed::add);
    return new Answer.Vectors(answer, items.size(), Usage.of(tokens, 0), false);
  }

  private static ArrayNode write(NumberFormat format, List<float[]> vectors) {
    ArrayNode all = Json.object().arrayNode();
    vectors.forEach(vector -> all.add(format.write(vector)));
    return all;
  }

  private static List<String> items(ObjectNode body) {
    List<String> items = new ArrayList<>();
    body.path("texts").forEach(text -> items.add(text.asText("")));
    body.path("images").forEach(image -> items.add(image.asText("")));
    for (JsonNode input : body.path("inputs")) {
      StringBuilder content = new StringBuilder();
      for (JsonNode part : input.path("content")) {
        content
            .append(part.path("text").asText(""))
            .append(part.path("image_url").path("url").asText(""));
      }
      items.add(content.toString());
    }
    return items;
  }

  private static int dimensions(ModelSpec model, ObjectNode body) {
    return model.kind() == ModelKind.COHERE_V3
        ? V3_DIMENSIONS
        : body.path("output_dimension").asInt(V4_DEFAULT_DIMENSIONS);
  }

  private static Optional<Answer.Refusal> check(
      ModelSpec model, ObjectNode body, List<String> items) {
    if (items.isEmpty()) {
      return refuse(
          "Malformed input request: #: required key [texts] not found, please reformat your input and try again.");
    }
    if (items.size() > MOST_ITEMS) {
      return refuse(
          "Malformed input request: #/texts: expected maximum item count: %d, found: %d, please reformat your input and try again."
              .formatted(MOST_ITEMS, items.size()));
    }
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i).isBlank()) {
        return refuse(
            "Malformed input request: #/texts/%d: expected minLength: 1, actual: 0, please reformat your input and try again."
                .formatted(i));
      }
    }
    if (!INPUT_TYPES.contains(body.path("input_type").asText(""))) {
      return refuse(
          "Malformed input request: #/input_type: is not a valid enum value, please reformat your input and try again.");
    }
    for (JsonNode type : body.path("embedding_types")) {
      if (NumberFormat.named(type.asText("")).isEmpty()) {
        return refuse(
            "Malformed input request: #/embedding_types: is not a valid enum value, please reformat your input and try again.");
      }
    }
    if (model.kind() == ModelKind.COHERE_V4 && !V4_DIMENSIONS.contains(dimensions(model, body))) {
      return refuse(
          "Malformed input request: #/output_dimension: is not a valid enum value, please reformat your input and try again.");
    }
    boolean cuts = !body.path("truncate").asText("NONE").equals("NONE");
    boolean tooLong = items.stream().anyMatch(item -> Tokens.count(item) > model.contextTokens());
    return tooLong && !cuts
        ? refuse(
            "invalid request: one of the texts is longer than the "
                + model.contextTokens()
                + " tokens of the model; set truncate.")
        : Optional.empty();
  }

  private static Optional<Answer.Refusal> refuse(String message) {
    return Optional.of(Answer.Refusal.invalid(message));
  }
}
