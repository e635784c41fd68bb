/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import io.streambed.schemas.EmbeddingRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;

/**
 * Input tokens of an embedding call: from the answer's body, else from its header, else estimated.
 *
 * @param tokens tokens of the whole call
 * @param estimated whether nobody counted them
 */
record TokenCount(long tokens, boolean estimated) {

  /** Header of InvokeModel's answers; not all providers' models send it. */
  static final String HEADER = "X-Amzn-Bedrock-Input-Token-Count";

  // Cohere's page gives 512 tokens as about 2,048 characters.
  private static final int BYTES_A_TOKEN = 4;

  /** The first that is known. */
  static TokenCount of(OptionalLong body, OptionalLong header, List<EmbeddingRequest> texts) {
    if (body.isPresent()) {
      return new TokenCount(body.getAsLong(), false);
    }
    return header.isPresent()
        ? new TokenCount(header.getAsLong(), false)
        : new TokenCount(estimate(texts), true);
  }

  /** A number of a body. */
  static OptionalLong of(JsonNode number) {
    return number.canConvertToLong() && number.isNumber() && number.longValue() >= 0
        ? OptionalLong.of(number.longValue())
        : OptionalLong.empty();
  }

  /** A number of a header. */
  static OptionalLong of(String header) {
    return header.matches("[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(header))
        : OptionalLong.empty();
  }

  /**
   * For each text its bytes of UTF-8 by four, rounded up: four letters of English a token, three
   * quarters of a token a Chinese character.
   */
  static long estimate(List<EmbeddingRequest> texts) {
    return texts.stream()
        .mapToLong(text -> text.getText().getBytes(StandardCharsets.UTF_8).length)
        .map(bytes -> Math.max(1, Math.ceilDiv(bytes, BYTES_A_TOKEN)))
        .sum();
  }
}
