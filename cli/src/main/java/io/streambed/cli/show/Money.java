/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.show;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Money for people: dollars, rounded to six places, from exact pico-dollars. */
public final class Money {
  private static final int PICO_DIGITS = 12;
  private static final int SHOWN_DIGITS = 6;

  private Money() {}

  /**
   * Dollars of pico-dollars (10⁻¹² USD).
   *
   * @return such as {@code $0.000312}; {@code $0} for nothing, and never {@code $0.000000} for
   *     something; a loss as {@code -$0.000312}
   */
  public static String dollars(long picoDollars) {
    if (picoDollars == 0) {
      return "$0";
    }
    BigDecimal exact = BigDecimal.valueOf(picoDollars, PICO_DIGITS);
    BigDecimal shown = exact.setScale(SHOWN_DIGITS, RoundingMode.HALF_UP);
    if (picoDollars < 0) {
      return shown.signum() == 0 ? ">-$0.000001" : "-$" + shown.negate().toPlainString();
    }
    return shown.signum() == 0 ? "<$0.000001" : "$" + shown.toPlainString();
  }
}
