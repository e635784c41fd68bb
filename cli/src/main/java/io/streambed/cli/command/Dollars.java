/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Money as people write it. */
final class Dollars {
  private static final int PICO_DIGITS = 12;
  private static final BigDecimal MOST = new BigDecimal("9000000");

  private Dollars() {}

  /** Pico-dollars of an option; null where it is not given. */
  static @Nullable Long picos(String option, @Nullable BigDecimal dollars) {
    if (dollars == null) {
      return null;
    }
    if (dollars.signum() <= 0 || dollars.compareTo(MOST) > 0) {
      throw CommandFailedException.usage(
          option + ": give dollars above 0 and at most " + MOST.toPlainString() + ", such as 2.50");
    }
    return dollars.movePointRight(PICO_DIGITS).longValue();
  }
}
