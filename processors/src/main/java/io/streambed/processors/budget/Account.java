/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.budget;

import java.time.Instant;

/**
 * What a tenant has spent and what is set aside for it. Immutable. Money is in pico-dollars.
 *
 * @param reserved what requests hold that are not settled; it counts in whatever period it is
 */
record Account(Spending day, Spending month, long reserved) {

  /**
   * What was spent in one period.
   *
   * @param period its number
   * @param toldPercent the highest threshold that was told of; 0 for none
   * @param toldSpent whether it was told that the budget is spent
   */
  record Spending(long period, long spent, int toldPercent, boolean toldSpent) {

    /** Nothing, in a period. */
    static Spending none(long period) {
      return new Spending(period, 0, 0, false);
    }

    /**
     * The same later: nothing once the period is over. A clock that is set back does not open a
     * period again that is over.
     */
    Spending at(long number) {
      return number > period ? none(number) : this;
    }

    Spending plus(long amount) {
      return new Spending(period, Money.sum(spent, amount), toldPercent, toldSpent);
    }

    Spending told(int percent) {
      return new Spending(period, spent, percent, toldSpent);
    }

    Spending toldThatSpent() {
      return new Spending(period, spent, toldPercent, true);
    }
  }

  /** A new one. */
  static Account open(Instant now) {
    return new Account(
        Spending.none(Period.DAY.numberAt(now)), Spending.none(Period.MONTH.numberAt(now)), 0);
  }

  /** The same later. */
  Account at(Instant now) {
    return new Account(
        day.at(Period.DAY.numberAt(now)), month.at(Period.MONTH.numberAt(now)), reserved);
  }

  Spending of(Period period) {
    return switch (period) {
      case DAY -> day;
      case MONTH -> month;
    };
  }

  Account with(Period period, Spending spending) {
    return switch (period) {
      case DAY -> new Account(spending, month, reserved);
      case MONTH -> new Account(day, spending, reserved);
    };
  }

  Account withReserved(long amount) {
    return new Account(day, month, amount);
  }
}
