/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

import io.streambed.schemas.TokenUsage;
import java.math.BigInteger;
import java.time.LocalDate;

/**
 * What tokens of a model cost since a day. Money is in pico-dollars (10⁻¹² USD); sums that a long
 * cannot hold (9.2 million dollars) stop at its largest value.
 *
 * @param effectiveFrom first day (UTC) on which it is in force
 * @param inputPicos for an input token that came from no cache and went into none
 * @param outputPicos for an output token
 * @param cacheReadPicos for an input token read from the model's prompt cache
 * @param cacheWritePicos for an input token written to it for five minutes
 */
public record Price(
    LocalDate effectiveFrom,
    long inputPicos,
    long outputPicos,
    long cacheReadPicos,
    long cacheWritePicos) {

  /**
   * Input tokens that nobody sent and that are billed all the same: the model's own framing of
   * messages, and its instructions for using tools, at most 700 tokens by the provider's tables.
   */
  static final long HIDDEN_INPUT_TOKENS = 1_000;

  // A prompt cache of one hour costs twice the input price to write.
  private static final int DEAREST_INPUT = 2;

  /** The exact cost of a call. */
  public long costOf(TokenUsage usage) {
    return saturated(
        product(usage.getInputTokens(), inputPicos)
            .add(product(usage.getOutputTokens(), outputPicos))
            .add(product(usage.getCacheReadInputTokens(), cacheReadPicos))
            .add(product(usage.getCacheWriteInputTokens(), cacheWritePicos)));
  }

  /**
   * The most that a call can cost whose outcome is lost. A token is at least one byte of UTF-8, so
   * bytes bound the tokens of text, and those of an image, which is far larger than its tokens.
   * They do not bound what is not in them or packed: of a file in S3 and of a compressed document
   * (PDF, Office) the allowance is its bytes, which it can exceed.
   *
   * @param inputBytes bytes of the request's content
   * @param maxTokens most tokens of the answer; 0 for embeddings
   */
  public long upperBound(long inputBytes, long maxTokens) {
    long dearest = Math.max(Math.multiplyExact(DEAREST_INPUT, inputPicos), cacheWritePicos);
    BigInteger tokens =
        BigInteger.valueOf(Math.max(0, inputBytes)).add(BigInteger.valueOf(HIDDEN_INPUT_TOKENS));
    return saturated(
        tokens.multiply(BigInteger.valueOf(dearest)).add(product(maxTokens, outputPicos)));
  }

  private static BigInteger product(long tokens, long picos) {
    return BigInteger.valueOf(Math.max(0, tokens)).multiply(BigInteger.valueOf(picos));
  }

  private static long saturated(BigInteger picos) {
    return picos.bitLength() < Long.SIZE ? picos.longValue() : Long.MAX_VALUE;
  }
}
