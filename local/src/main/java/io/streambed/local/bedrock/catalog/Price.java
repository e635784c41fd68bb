/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.catalog;

import io.streambed.local.bedrock.wire.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Price of a million tokens in US dollars.
 *
 * @param input tokens read from the request
 * @param output tokens written
 * @param cacheRead tokens read from the prompt cache
 * @param cacheWrite tokens written to the prompt cache for five minutes
 * @param cacheWriteHour tokens written to it for an hour
 */
public record Price(
    BigDecimal input,
    BigDecimal output,
    BigDecimal cacheRead,
    BigDecimal cacheWrite,
    BigDecimal cacheWriteHour) {

  /** A dollar for a million tokens is a million pico-dollars (10⁻¹² US dollars) a token. */
  private static final BigDecimal PICO_A_TOKEN = BigDecimal.valueOf(1_000_000);

  /**
   * What this usage costs, in pico-dollars.
   *
   * @param factor by how much this price is multiplied; then a token's is rounded to a whole number
   *     of pico-dollars, a half upwards
   */
  public long of(Usage usage, BigDecimal factor) {
    long fiveMinutes = usage.cacheWrite() - usage.cacheWriteHour();
    return part(usage.input(), input, factor)
        .add(part(usage.output(), output, factor))
        .add(part(usage.cacheRead(), cacheRead, factor))
        .add(part(fiveMinutes, cacheWrite, factor))
        .add(part(usage.cacheWriteHour(), cacheWriteHour, factor))
        .longValueExact();
  }

  private static BigDecimal part(long tokens, BigDecimal price, BigDecimal factor) {
    BigDecimal token =
        price.multiply(PICO_A_TOKEN).multiply(factor).setScale(0, RoundingMode.HALF_UP);
    return token.multiply(BigDecimal.valueOf(tokens));
  }
}
