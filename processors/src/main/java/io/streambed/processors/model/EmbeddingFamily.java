/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

import static io.streambed.schemas.VectorEncoding.BINARY;
import static io.streambed.schemas.VectorEncoding.FLOAT;
import static io.streambed.schemas.VectorEncoding.INT8;
import static io.streambed.schemas.VectorEncoding.UBINARY;
import static io.streambed.schemas.VectorEncoding.UINT8;

import io.streambed.schemas.VectorEncoding;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Embedding models that share a wire format. Limits: the model pages of Amazon Bedrock's user
 * guide, "Amazon Titan Embeddings", "Cohere Embed v3", "Cohere Embed v4", "Amazon Nova Multimodal
 * Embeddings".
 */
public enum EmbeddingFamily {
  TITAN_V1(List.of("amazon.titan-embed-text-v1"), 1, List.of(1536), Set.of(FLOAT), Options.NONE),
  TITAN_V2(
      List.of("amazon.titan-embed-text-v2"),
      1,
      List.of(256, 512, 1024),
      Set.of(FLOAT, BINARY),
      Options.NORMALIZE),
  COHERE_V3(
      List.of("cohere.embed-english-v3", "cohere.embed-multilingual-v3"),
      96,
      List.of(1024),
      Set.of(FLOAT, INT8, UINT8, BINARY, UBINARY),
      Options.TRUNCATE),
  COHERE_V4(
      List.of("cohere.embed-v4"),
      96,
      List.of(256, 512, 1024, 1536),
      Set.of(FLOAT, INT8, UINT8, BINARY, UBINARY),
      Options.TRUNCATE),
  NOVA_2(
      List.of("amazon.nova-2-multimodal-embeddings"),
      1,
      List.of(256, 384, 1024, 3072),
      Set.of(FLOAT),
      Options.TRUNCATE);

  private enum Options {
    NONE,
    NORMALIZE,
    TRUNCATE
  }

  private final List<String> idParts;
  private final int maxBatch;
  private final List<Integer> dimensions;
  private final Set<VectorEncoding> encodings;
  private final Options options;

  EmbeddingFamily(
      List<String> idParts,
      int maxBatch,
      List<Integer> dimensions,
      Set<VectorEncoding> encodings,
      Options options) {
    this.idParts = idParts;
    this.maxBatch = maxBatch;
    this.dimensions = dimensions;
    this.encodings = encodings;
    this.options = options;
  }

  /** Most texts in one call. */
  public int maxBatch() {
    return maxBatch;
  }

  /** Numbers of dimensions that can be asked for, ascending. */
  public List<Integer> dimensions() {
    return dimensions;
  }

  /** Encodings that can be asked for. */
  public Set<VectorEncoding> encodings() {
    return encodings;
  }

  /** Whether a request may say if the vector is scaled to length 1. */
  public boolean takesNormalize() {
    return options == Options.NORMALIZE;
  }

  /** Whether a request may say which end of an over-long text is cut. */
  public boolean takesTruncation() {
    return options == Options.TRUNCATE;
  }

  /** The family of a model id, an inference profile's id (with a geography before it) or an ARN. */
  public static Optional<EmbeddingFamily> of(String modelId) {
    for (EmbeddingFamily family : values()) {
      if (family.idParts.stream().anyMatch(modelId::contains)) {
        return Optional.of(family);
      }
    }
    return Optional.empty();
  }
}
