/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streambed.processors.model.Vector;
import io.streambed.schemas.EmbeddingRequest;
import io.streambed.schemas.VectorEncoding;
import java.util.List;
import java.util.OptionalLong;

/** Amazon Titan Text Embeddings V2: one text, 256, 512 or 1024 dimensions, floats or bits. */
record TitanV2Codec() implements EmbeddingCodec {

  private static final int DEFAULT_DIMENSIONS = 1024;

  @Override
  public ObjectNode body(List<EmbeddingRequest> texts) {
    EmbeddingRequest text = texts.getFirst();
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("inputText", text.getText());
    text.getDimensions().ifPresent(dimensions -> body.put("dimensions", dimensions));
    text.getNormalize().ifPresent(normalize -> body.put("normalize", normalize));
    body.putArray("embeddingTypes").add(type(text.getEncoding()));
    return body;
  }

  @Override
  public List<Vector> vectors(JsonNode answer, List<EmbeddingRequest> texts)
      throws UnreadableAnswerException {
    EmbeddingRequest text = texts.getFirst();
    String type = type(text.getEncoding());
    JsonNode byType = answer.path("embeddingsByType").path(type);
    JsonNode numbers = byType.isArray() ? byType : answer.path("embedding");
    return List.of(
        type.equals("binary")
            ? VectorNumbers.bits(numbers, text.getDimensions().orElse(DEFAULT_DIMENSIONS))
            : VectorNumbers.floats(numbers));
  }

  @Override
  public OptionalLong inputTokens(JsonNode answer) {
    return TokenCount.of(answer.path("inputTextTokenCount"));
  }

  private static String type(VectorEncoding encoding) {
    return switch (encoding) {
      case FLOAT -> "float";
      case BINARY -> "binary";
      case INT8, UINT8, UBINARY, UNKNOWN ->
          throw new IllegalArgumentException("an encoding that the model does not offer");
    };
  }
}
