/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.processors.budget.Budget.WhenSpent;
import io.streambed.processors.budget.Ledger.Notice;
import io.streambed.processors.budget.Ledger.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** What holds of an account whatever is asked of it, on simulated time. */
class LedgerTest {

  private static final Instant START = Instant.parse("2026-01-30T22:00:00Z");
  private static final List<Integer> THRESHOLDS = List.of(50, 80, 100);

  /** A call that is open: what was set aside for it, and what it is billed. */
  private record Open(long amount, long bill) {}

  /** A threshold in one period. */
  private record Event(Period period, long number, int percent) {}

  /** What the provider billed in each period, by its own clock. */
  private static final class Bills {
    private final Map<Period, Map<Long, Long>> all = new HashMap<>();

    void add(Instant at, long bill) {
      for (Period period : Period.values()) {
        all.computeIfAbsent(period, p -> new HashMap<>())
            .merge(period.numberAt(at), bill, Long::sum);
      }
    }

    long most(Period period) {
      return all.getOrDefault(period, Map.of()).values().stream().max(Long::compare).orElse(0L);
    }
  }

  @Property(tries = 300)
  void noPeriodIsBilledMoreThanItsBudgetAndNothingStaysReserved(
      @ForAll @LongRange(min = 1_000, max = 1_000_000) long daily,
      @ForAll @LongRange(min = 1_000, max = 4_000_000) long monthly,
      @ForAll @IntRange(min = 1, max = 100_000) int largest,
      @ForAll Random random) {
    // Given
    Budget budget = budget(daily, monthly);
    Account account = Account.open(START);
    Instant now = START;
    Deque<Open> open = new ArrayDeque<>();
    Bills bills = new Bills();

    // When: calls are made as the account allows and end late, some after midnight
    for (int step = 0; step < 3_000; step++) {
      now = now.plusSeconds(random.nextInt(180));
      account = account.at(now);
      if (random.nextInt(3) > 0) {
        long amount = 1L + random.nextInt(largest);
        if (Ledger.reserve(account, budget, amount) instanceof Verdict.Granted(Account after)) {
          account = after;
          long bill = (long) (amount * random.nextDouble());
          bills.add(now, bill);
          open.add(new Open(amount, bill));
        }
      } else if (!open.isEmpty()) {
        Open ended = open.remove();
        // Of one in five the outcome is lost: it counts with all that it can have cost.
        long spent = random.nextInt(5) == 0 ? ended.amount() : ended.bill();
        account = Ledger.settle(account, ended.amount(), spent);
      }
      // Then
      for (Period period : Period.values()) {
        assertThat(account.of(period).spent() + account.reserved())
            .isLessThanOrEqualTo(budget.of(period).orElseThrow());
      }
    }
    for (Open left : open) {
      account = Ledger.settle(account, left.amount(), left.bill());
    }
    assertThat(account.reserved()).isZero();
    for (Period period : Period.values()) {
      assertThat(bills.most(period)).isLessThanOrEqualTo(budget.of(period).orElseThrow());
    }
  }

  @Property(tries = 300)
  void eachThresholdIsToldOncePerPeriodAndAsSoonAsItIsReached(
      @ForAll @LongRange(min = 10, max = 100_000) long daily, @ForAll Random random) {
    // Given
    Budget budget = budget(daily, daily * 20);
    Account account = Account.open(START);
    Instant now = START;
    Set<Event> told = new HashSet<>();

    for (int step = 0; step < 500; step++) {
      // When
      now = now.plusSeconds(random.nextInt(3_600));
      account = account.at(now);
      long amount = 1 + random.nextLong(Math.max(1, daily / 7));
      if (Ledger.reserve(account, budget, amount) instanceof Verdict.Granted(Account after)) {
        account = Ledger.settle(after, amount, amount);
      }
      Ledger.Told result = Ledger.thresholds(account, budget, THRESHOLDS);
      account = result.account();

      // Then
      for (Notice notice : result.notices()) {
        assertThat(
                told.add(
                    new Event(notice.period(), notice.period().numberAt(now), notice.percent())))
            .as("%s for the first time", notice)
            .isTrue();
      }
      for (Period period : Period.values()) {
        long limit = budget.of(period).orElseThrow();
        for (int percent : THRESHOLDS) {
          boolean reached = account.of(period).spent() * 100 >= limit * percent;
          assertThat(told.contains(new Event(period, period.numberAt(now), percent)))
              .isEqualTo(reached);
        }
      }
    }
  }

  @Property(tries = 300)
  void whatFitsBesideWhatIsSpentIsNeverRefused(
      @ForAll @LongRange(min = 1, max = Long.MAX_VALUE / 4) long limit,
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long spent,
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long reserved,
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long amount) {
    // Given
    Account account = Ledger.settle(Account.open(START).withReserved(reserved), 0, spent);

    // When
    Verdict verdict =
        Ledger.reserve(
            account,
            new Budget(OptionalLong.of(limit), OptionalLong.empty(), WhenSpent.REJECT),
            amount);

    // Then
    if (amount > limit) {
      assertThat(verdict).isEqualTo(new Verdict.TooMuch(Period.DAY));
    } else if (amount > limit - spent) {
      assertThat(verdict).isEqualTo(new Verdict.Spent(Period.DAY));
    } else if (amount > limit - spent - reserved) {
      assertThat(verdict).isEqualTo(new Verdict.Later());
    } else {
      assertThat(verdict).isEqualTo(new Verdict.Granted(account.withReserved(reserved + amount)));
    }
  }

  @Test
  void ofTwoBudgetsTheOneThatLastsLongerSaysNo() {
    // Given
    Budget budget = budget(100, 150);
    Account account = Ledger.settle(Account.open(START), 0, 60);

    // Then
    assertThat(Ledger.reserve(account, budget, 50)).isEqualTo(new Verdict.Spent(Period.DAY));
    assertThat(Ledger.reserve(account, budget, 95)).isEqualTo(new Verdict.Spent(Period.MONTH));
    assertThat(Ledger.reserve(account, budget, 120)).isEqualTo(new Verdict.TooMuch(Period.DAY));
  }

  @Test
  void aNewPeriodBeginsAtMidnightUtcAndWhatIsReservedStays() {
    // Given
    Account account = Ledger.settle(Account.open(START).withReserved(30), 10, 7);

    // When
    Account tomorrow = account.at(Instant.parse("2026-01-31T00:00:00Z"));
    Account nextMonth = account.at(Instant.parse("2026-02-01T00:00:00Z"));

    // Then
    assertThat(tomorrow.day().spent()).isZero();
    assertThat(tomorrow.month().spent()).isEqualTo(7);
    assertThat(nextMonth.month().spent()).isZero();
    assertThat(nextMonth.reserved()).isEqualTo(20);
  }

  @Test
  void aClockThatIsSetBackOpensNoPeriodAgain() {
    // Given
    Account account = Account.open(START.plus(Duration.ofDays(1)));
    account = Ledger.settle(account, 0, 9);

    // When
    Account before = account.at(START);

    // Then
    assertThat(before).isEqualTo(account);
  }

  @Test
  void thatABudgetIsSpentIsToldOnceAPeriod() {
    // When
    Ledger.Told first = Ledger.spent(Account.open(START), Period.DAY);
    Ledger.Told again = Ledger.spent(first.account(), Period.DAY);
    Ledger.Told tomorrow =
        Ledger.spent(first.account().at(START.plus(Duration.ofDays(1))), Period.DAY);

    // Then
    assertThat(first.notices()).containsExactly(new Notice(Period.DAY, 0));
    assertThat(again.notices()).isEmpty();
    assertThat(tomorrow.notices()).hasSize(1);
  }

  @Test
  void periodsAreNumberedAndBeginInUtc() {
    for (Period period : Period.values()) {
      long number = period.numberAt(START);
      assertThat(period.begin(number)).isBeforeOrEqualTo(START);
      assertThat(period.begin(number + 1)).isAfter(START);
    }
    assertThat(Period.MONTH.begin(Period.MONTH.numberAt(START) + 1))
        .isEqualTo("2026-02-01T00:00:00Z");
  }

  private static Budget budget(long daily, long monthly) {
    return new Budget(OptionalLong.of(daily), OptionalLong.of(monthly), WhenSpent.REJECT);
  }
}
