/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streambed.processors.model.Vector;
import io.streambed.schemas.EmbeddingPurpose;
import io.streambed.schemas.EmbeddingRequest;
import io.streambed.schemas.Truncation;
import io.streambed.schemas.VectorEncoding;
import java.util.ArrayList;
import java.util.List;

/** Cohere Embed: up to 96 texts a call, several encodings. It gives no token count in the body. */
sealed interface CohereCodec extends EmbeddingCodec {

  /** Adds what only this version takes. */
  void addOwn(ObjectNode body, EmbeddingRequest parameters);

  /** The version's word for the end that is cut. */
  String truncate(Truncation truncation);

  @Override
  default ObjectNode body(List<EmbeddingRequest> texts) {
    EmbeddingRequest parameters = texts.getFirst();
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode array = body.putArray("texts");
    texts.forEach(text -> array.add(text.getText()));
    body.put("input_type", inputType(parameters.getPurpose().orElse(EmbeddingPurpose.DOCUMENT)));
    parameters.getTruncation().ifPresent(it -> body.put("truncate", truncate(it)));
    body.putArray("embedding_types").add(type(parameters.getEncoding()));
    addOwn(body, parameters);
    return body;
  }

  /** The vectors are a bare array, or an array under the name of the encoding. */
  @Override
  default List<Vector> vectors(JsonNode answer, List<EmbeddingRequest> texts)
      throws UnreadableAnswerException {
    VectorEncoding encoding = texts.getFirst().getEncoding();
    JsonNode embeddings = answer.path("embeddings");
    JsonNode rows = embeddings.isArray() ? embeddings : embeddings.path(type(encoding));
    if (!rows.isArray()) {
      throw new UnreadableAnswerException("it has no embeddings of the encoding asked for");
    }
    List<Vector> vectors = new ArrayList<>(rows.size());
    for (JsonNode row : rows) {
      vectors.add(VectorNumbers.of(encoding, row));
    }
    return vectors;
  }

  private static String inputType(EmbeddingPurpose purpose) {
    return switch (purpose) {
      case DOCUMENT -> "search_document";
      case QUERY -> "search_query";
      case CLASSIFICATION -> "classification";
      case CLUSTERING -> "clustering";
      case UNKNOWN -> throw new IllegalArgumentException("a purpose that is not known");
    };
  }

  private static String type(VectorEncoding encoding) {
    return switch (encoding) {
      case FLOAT -> "float";
      case INT8 -> "int8";
      case UINT8 -> "uint8";
      case BINARY -> "binary";
      case UBINARY -> "ubinary";
      case UNKNOWN -> throw new IllegalArgumentException("an encoding that is not known");
    };
  }

  /** Cohere Embed v3: 1024 dimensions. */
  record V3() implements CohereCodec {

    @Override
    public void addOwn(ObjectNode body, EmbeddingRequest parameters) {}

    @Override
    public String truncate(Truncation truncation) {
      return switch (truncation) {
        case NONE -> "NONE";
        case START -> "START";
        case END -> "END";
        case UNKNOWN -> throw new IllegalArgumentException("a truncation that is not known");
      };
    }
  }

  /** Cohere Embed v4: 256, 512, 1024 or 1536 dimensions. */
  record V4() implements CohereCodec {

    @Override
    public void addOwn(ObjectNode body, EmbeddingRequest parameters) {
      parameters.getDimensions().ifPresent(it -> body.put("output_dimension", it));
    }

    @Override
    public String truncate(Truncation truncation) {
      return switch (truncation) {
        case NONE -> "NONE";
        case START -> "LEFT";
        case END -> "RIGHT";
        case UNKNOWN -> throw new IllegalArgumentException("a truncation that is not known");
      };
    }
  }
}
