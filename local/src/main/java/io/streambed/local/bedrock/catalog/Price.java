/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.catalog;

import io.streambed.local.bedrock.wire.Usage;
import java.math.BigDecimal;

/**
 * Price of a token, in pico-dollars (10⁻¹² US dollars).
 *
 * @param input a token read from the request
 * @param output a token written
 * @param cacheRead a token read from the prompt cache
 * @param cacheWrite a token written to the prompt cache
 */
public record Price(long input, long output, long cacheRead, long cacheWrite) {
  /** A dollar for a million tokens is a million pico-dollars a token. */
  private static final int PICO_A_TOKEN = 1_000_000;

  /**
   * @param usdPerMillion US dollars for a million tokens
   * @return pico-dollars a token
   * @throws ArithmeticException if that is not a whole number
   */
  static long perToken(BigDecimal usdPerMillion) {
    return usdPerMillion.multiply(BigDecimal.valueOf(PICO_A_TOKEN)).longValueExact();
  }

  /** The same with a tenth added, as profiles of one geography cost. */
  Price plusTenth() {
    return new Price(
        tenthMore(input), tenthMore(output), tenthMore(cacheRead), tenthMore(cacheWrite));
  }

  private static long tenthMore(long price) {
    return price + price / 10;
  }

  /** What this usage costs, in pico-dollars. */
  public long of(Usage usage) {
    return usage.input() * input
        + usage.output() * output
        + usage.cacheRead() * cacheRead
        + usage.cacheWrite() * cacheWrite;
  }
}
