/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

import java.util.Optional;

/**
 * Embedding models that share a wire format. Limits: the model pages of Amazon Bedrock's user
 * guide, "Amazon Titan Embeddings", "Cohere Embed v3", "Cohere Embed v4", "Amazon Nova Multimodal
 * Embeddings".
 */
public enum EmbeddingFamily {
  TITAN_V1("amazon.titan-embed-text-v1", 1),
  TITAN_V2("amazon.titan-embed-text-v2", 1),
  COHERE_V3("cohere.embed-english-v3,cohere.embed-multilingual-v3", 96),
  COHERE_V4("cohere.embed-v4", 96),
  NOVA_2("amazon.nova-2-multimodal-embeddings", 1);

  private final String idParts;
  private final int maxBatch;

  EmbeddingFamily(String idParts, int maxBatch) {
    this.idParts = idParts;
    this.maxBatch = maxBatch;
  }

  /** Most texts in one call. */
  public int maxBatch() {
    return maxBatch;
  }

  /** The family of a model id, an inference profile's id (with a geography before it) or an ARN. */
  public static Optional<EmbeddingFamily> of(String modelId) {
    for (EmbeddingFamily family : values()) {
      for (String part : family.idParts.split(",", -1)) {
        if (modelId.contains(part)) {
          return Optional.of(family);
        }
      }
    }
    return Optional.empty();
  }
}
