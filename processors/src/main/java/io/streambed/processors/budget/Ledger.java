/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.budget;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Whether an account has room for what a request can cost, and what becomes of it. What is spent
 * and what is set aside never come to more than the budget, as long as nothing costs more than was
 * set aside for it. Pure.
 */
final class Ledger {

  private static final int PERCENT = 100;

  private Ledger() {}

  /** What is said to a wish. */
  sealed interface Verdict {
    /** The amount is set aside. */
    record Granted(Account after) implements Verdict {}

    /** There will be room once what others hold is given back, as far as they do not spend it. */
    record Later() implements Verdict {}

    /** What is left of the period's budget is too little. */
    record Spent(Period period) implements Verdict {}

    /** The whole of the period's budget is too little. */
    record TooMuch(Period period) implements Verdict {}
  }

  /**
   * Something to be told once a period.
   *
   * @param percent the threshold; 0 where the budget is spent
   */
  record Notice(Period period, int percent) {}

  /** What there is to tell, and the account that has told it. */
  record Told(Account account, List<Notice> notices) {}

  /**
   * Asks for money.
   *
   * @param account at the time of asking
   * @param amount the most that the call can cost, in pico-dollars; not negative
   */
  static Verdict reserve(Account account, Budget budget, long amount) {
    Verdict verdict =
        new Verdict.Granted(account.withReserved(Money.sum(account.reserved(), amount)));
    for (Period period : Period.values()) {
      OptionalLong limit = budget.of(period);
      if (limit.isPresent()) {
        verdict = worse(verdict, reserve(account, period, limit.getAsLong(), amount));
      }
    }
    return verdict;
  }

  private static Verdict reserve(Account account, Period period, long limit, long amount) {
    long unspent = limit - account.of(period).spent();
    if (amount > limit) {
      return new Verdict.TooMuch(period);
    }
    if (amount > unspent) {
      return new Verdict.Spent(period);
    }
    return amount > unspent - account.reserved()
        ? new Verdict.Later()
        : new Verdict.Granted(account);
  }

  /** The one that lasts longer; of two that last as long, the later, which is of the month. */
  private static Verdict worse(Verdict one, Verdict other) {
    return rank(other) >= rank(one) && rank(other) > 0 ? other : one;
  }

  private static int rank(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Granted granted -> 0;
      case Verdict.Later later -> 1;
      case Verdict.Spent spent -> 2;
      case Verdict.TooMuch tooMuch -> 3;
    };
  }

  /**
   * Books what a call has cost and gives back what was set aside.
   *
   * @param account at the time of booking: that is the period in which the money counts as spent
   */
  static Account settle(Account account, long released, long spent) {
    return new Account(
        account.day().plus(spent),
        account.month().plus(spent),
        Math.max(0, account.reserved() - released));
  }

  /** The thresholds that what was spent has reached and that were not told of in this period. */
  static Told thresholds(Account account, Budget budget, List<Integer> thresholds) {
    Account after = account;
    List<Notice> notices = new ArrayList<>();
    for (Period period : Period.values()) {
      OptionalLong limit = budget.of(period);
      for (int percent : thresholds) {
        Account.Spending spending = after.of(period);
        if (limit.isPresent()
            && percent > spending.toldPercent()
            && isReached(spending.spent(), limit.getAsLong(), percent)) {
          after = after.with(period, spending.told(percent));
          notices.add(new Notice(period, percent));
        }
      }
    }
    return new Told(after, notices);
  }

  /** Exact, and without an overflow: spent / limit >= percent / 100. */
  private static boolean isReached(long spent, long limit, int percent) {
    long least = limit / PERCENT * percent + (limit % PERCENT * percent + PERCENT - 1) / PERCENT;
    return spent >= least;
  }

  /** That a budget is spent, unless it was told in this period. */
  static Told spent(Account account, Period period) {
    Account.Spending spending = account.of(period);
    return spending.toldSpent()
        ? new Told(account, List.of())
        : new Told(account.with(period, spending.toldThatSpent()), List.of(new Notice(period, 0)));
  }
}
