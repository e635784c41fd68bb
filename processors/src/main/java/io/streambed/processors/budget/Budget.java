/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.budget;

import java.util.OptionalLong;

/**
 * What a tenant may spend.
 *
 * @param dailyPicos in pico-dollars a day of UTC, at least 1; empty for no limit
 * @param monthlyPicos the same a month
 * @param whenSpent what becomes of a request for which too little is left
 */
public record Budget(OptionalLong dailyPicos, OptionalLong monthlyPicos, WhenSpent whenSpent) {

  /** No limit. */
  public static final Budget NONE =
      new Budget(OptionalLong.empty(), OptionalLong.empty(), WhenSpent.REJECT);

  /** What becomes of requests once a budget is spent. */
  public enum WhenSpent {
    /** A dead letter says so. */
    REJECT,
    /** They wait for the next period. */
    WAIT
  }

  /** Whether there is any limit. */
  public boolean isLimited() {
    return dailyPicos.isPresent() || monthlyPicos.isPresent();
  }

  OptionalLong of(Period period) {
    return switch (period) {
      case DAY -> dailyPicos;
      case MONTH -> monthlyPicos;
    };
  }
}
