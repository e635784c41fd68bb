/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.bedrock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streambed.processors.model.CallFailure;
import io.streambed.processors.model.ModelCall.EmbeddingCall;
import io.streambed.processors.model.ModelResult;
import io.streambed.processors.model.ModelResult.Failed;
import io.streambed.processors.model.ModelResult.TextsEmbedded;
import io.streambed.processors.model.Vector;
import io.streambed.schemas.TokenUsage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;

/** Embedding calls as InvokeModel takes them, and its answers as results. */
final class EmbeddingAnswers {

  private static final ObjectMapper JSON = new ObjectMapper();

  private EmbeddingAnswers() {}

  /** The request; texts that break a rule are an IllegalArgumentException. */
  static InvokeModelRequest request(EmbeddingCall call, EmbeddingCodec codec) {
    byte[] body;
    try {
      body = JSON.writeValueAsBytes(codec.body(call.texts()));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("texts that cannot be written as JSON");
    }
    return InvokeModelRequest.builder()
        .modelId(call.lane().modelId())
        .contentType("application/json")
        .accept("application/json")
        .requestMetadata(CallMetadata.header(call))
        .body(SdkBytes.fromByteArrayUnsafe(body))
        .build();
  }

  /**
   * The result.
   *
   * @param header value of {@link TokenCount#HEADER}, where there was one
   */
  static ModelResult result(
      EmbeddingCall call, EmbeddingCodec codec, byte[] body, Optional<String> header) {
    OptionalLong counted = header.map(TokenCount::of).orElseGet(OptionalLong::empty);
    JsonNode answer;
    try {
      answer = JSON.readTree(body);
    } catch (IOException e) {
      return malformed(
          "it is not JSON", TokenCount.of(OptionalLong.empty(), counted, call.texts()));
    }
    TokenCount tokens = TokenCount.of(codec.inputTokens(answer), counted, call.texts());
    try {
      List<Vector> vectors = codec.vectors(answer, call.texts());
      return vectors.size() == call.texts().size()
          ? new TextsEmbedded(vectors, usage(tokens), tokens.estimated())
          : malformed("it has another number of vectors than the call has texts", tokens);
    } catch (UnreadableAnswerException e) {
      return malformed(e.missing(), tokens);
    }
  }

  private static Failed malformed(String why, TokenCount tokens) {
    return new Failed(
        CallFailure.MALFORMED_ANSWER,
        "the model's answer could not be understood: " + why,
        Optional.empty(),
        usage(tokens));
  }

  private static TokenUsage usage(TokenCount input) {
    return new TokenUsage(input.tokens(), 0L, 0L, 0L, 0L);
  }
}
