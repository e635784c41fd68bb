/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

import io.streambed.schemas.TokenUsage;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.stream.LongStream;

/**
 * What tokens of each kind cost, in pico-dollars (10⁻¹² USD) a token.
 *
 * @param inputPicos for an input token that came from no cache and went into none
 * @param outputPicos for an output token
 * @param cacheReadPicos for an input token read from the model's prompt cache
 * @param cacheWritePicos for an input token written to it for five minutes
 * @param cacheWriteHourPicos for an input token written to it for an hour
 */
public record Rates(
    long inputPicos,
    long outputPicos,
    long cacheReadPicos,
    long cacheWritePicos,
    long cacheWriteHourPicos) {

  BigInteger costOf(TokenUsage usage) {
    return product(usage.getInputTokens(), inputPicos)
        .add(product(usage.getOutputTokens(), outputPicos))
        .add(product(usage.getCacheReadInputTokens(), cacheReadPicos))
        .add(product(fiveMinutes(usage), cacheWritePicos))
        .add(product(hour(usage), cacheWriteHourPicos));
  }

  /** The same call's cost without a prompt cache, less what it costs. */
  BigInteger savingOf(TokenUsage usage) {
    return product(usage.getCacheReadInputTokens(), inputPicos - cacheReadPicos)
        .add(product(fiveMinutes(usage), inputPicos - cacheWritePicos))
        .add(product(hour(usage), inputPicos - cacheWriteHourPicos));
  }

  /** What a token of input can cost at the most. */
  long dearestInput() {
    return LongStream.of(inputPicos, cacheReadPicos, cacheWritePicos, cacheWriteHourPicos)
        .max()
        .orElseThrow();
  }

  /** These rates times a factor, each rounded to whole pico-dollars, a half upwards. */
  Rates times(BigDecimal factor) {
    return new Rates(
        times(inputPicos, factor),
        times(outputPicos, factor),
        times(cacheReadPicos, factor),
        times(cacheWritePicos, factor),
        times(cacheWriteHourPicos, factor));
  }

  private static long times(long picos, BigDecimal factor) {
    return BigDecimal.valueOf(picos)
        .multiply(factor)
        .setScale(0, RoundingMode.HALF_UP)
        .longValueExact();
  }

  /** Tokens written for an hour; more than were written at all are none of anybody's. */
  private static long hour(TokenUsage usage) {
    return Math.min(usage.getCacheWriteHourInputTokens(), usage.getCacheWriteInputTokens());
  }

  private static long fiveMinutes(TokenUsage usage) {
    return usage.getCacheWriteInputTokens() - Math.max(0, hour(usage));
  }

  private static BigInteger product(long tokens, long picos) {
    return BigInteger.valueOf(Math.max(0, tokens)).multiply(BigInteger.valueOf(picos));
  }
}
