/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streambed.processors.model.EmbeddingFamily;
import io.streambed.processors.model.Vector;
import io.streambed.schemas.EmbeddingRequest;
import java.util.List;
import java.util.OptionalLong;

/** How a family of embedding models is asked through InvokeModel, and how it answers. Pure. */
sealed interface EmbeddingCodec permits TitanV1Codec, TitanV2Codec, CohereCodec, Nova2Codec {

  /** The codec of a family. */
  static EmbeddingCodec of(EmbeddingFamily family) {
    return switch (family) {
      case TITAN_V1 -> new TitanV1Codec();
      case TITAN_V2 -> new TitanV2Codec();
      case COHERE_V3 -> new CohereCodec.V3();
      case COHERE_V4 -> new CohereCodec.V4();
      case NOVA_2 -> new Nova2Codec();
    };
  }

  /**
   * The request's body.
   *
   * @param texts at least one, all with the parameters of the first
   */
  ObjectNode body(List<EmbeddingRequest> texts);

  /**
   * The vectors of an answer, one a text.
   *
   * @throws UnreadableAnswerException if the answer is of another form
   */
  List<Vector> vectors(JsonNode answer, List<EmbeddingRequest> texts)
      throws UnreadableAnswerException;

  /** Input tokens, where the answer's body says. */
  default OptionalLong inputTokens(JsonNode answer) {
    return OptionalLong.empty();
  }
}
