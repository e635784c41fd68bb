/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.budget;

import java.math.BigDecimal;

/** Sums of pico-dollars, and how people read them. */
final class Money {

  /** Digits of a dollar that a pico-dollar is behind the point. */
  private static final int DIGITS = 12;

  private Money() {}

  /** A sum that stops at the largest value: 9.2 million dollars. */
  static long sum(long one, long other) {
    long sum = one + other;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  /** Dollars, exact. */
  static String shown(long picos) {
    return BigDecimal.valueOf(picos, DIGITS).stripTrailingZeros().toPlainString() + " USD";
  }
}
