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
import io.streambed.schemas.EmbeddingPurpose;
import io.streambed.schemas.EmbeddingRequest;
import io.streambed.schemas.Truncation;
import java.util.List;

/**
 * Amazon Nova Multimodal Embeddings, of which we use the text: one text, 256, 384, 1024 or 3072
 * dimensions. Words: "Embeddings schema" of the Amazon Nova user guide.
 */
record Nova2Codec() implements EmbeddingCodec {

  @Override
  public ObjectNode body(List<EmbeddingRequest> texts) {
    EmbeddingRequest text = texts.getFirst();
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("schemaVersion", "nova-multimodal-embed-v1")
            .put("taskType", "SINGLE_EMBEDDING");
    ObjectNode parameters = body.putObject("singleEmbeddingParams");
    parameters.put(
        "embeddingPurpose", purpose(text.getPurpose().orElse(EmbeddingPurpose.DOCUMENT)));
    text.getDimensions().ifPresent(it -> parameters.put("embeddingDimension", it));
    // The schema demands a truncation mode; refusing an over-long text hides nothing.
    parameters
        .putObject("text")
        .put("truncationMode", text.getTruncation().orElse(Truncation.NONE).name())
        .put("value", text.getText());
    return body;
  }

  @Override
  public List<Vector> vectors(JsonNode answer, List<EmbeddingRequest> texts)
      throws UnreadableAnswerException {
    return List.of(VectorNumbers.floats(answer.path("embeddings").path(0).path("embedding")));
  }

  private static String purpose(EmbeddingPurpose purpose) {
    return switch (purpose) {
      case DOCUMENT -> "GENERIC_INDEX";
      case QUERY -> "TEXT_RETRIEVAL";
      case CLASSIFICATION -> "CLASSIFICATION";
      case CLUSTERING -> "CLUSTERING";
      case UNKNOWN -> throw new IllegalArgumentException("a purpose that is not known");
    };
  }
}
