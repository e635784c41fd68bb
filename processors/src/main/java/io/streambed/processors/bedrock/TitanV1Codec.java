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
import java.util.List;
import java.util.OptionalLong;

/** Amazon Titan Embeddings G1 - Text: one text, no parameters. */
record TitanV1Codec() implements EmbeddingCodec {

  @Override
  public ObjectNode body(List<EmbeddingRequest> texts) {
    return JsonNodeFactory.instance.objectNode().put("inputText", texts.getFirst().getText());
  }

  @Override
  public List<Vector> vectors(JsonNode answer, List<EmbeddingRequest> texts)
      throws UnreadableAnswerException {
    return List.of(VectorNumbers.floats(answer.path("embedding")));
  }

  @Override
  public OptionalLong inputTokens(JsonNode answer) {
    return TokenCount.of(answer.path("inputTextTokenCount"));
  }
}
