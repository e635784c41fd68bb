/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.budget;

import io.streambed.schemas.BudgetPeriod;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;

/** A span of time that has a budget of its own, in UTC; numbered since 1970 began. */
enum Period {
  DAY {
    @Override
    long numberAt(Instant time) {
      return day(time).toEpochDay();
    }

    @Override
    Instant begin(long number) {
      return LocalDate.ofEpochDay(number).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    @Override
    BudgetPeriod shown() {
      return BudgetPeriod.DAY;
    }

    @Override
    String adjective() {
      return "daily";
    }
  },
  MONTH {
    @Override
    long numberAt(Instant time) {
      return YearMonth.from(day(time)).getLong(ChronoField.PROLEPTIC_MONTH) - BEGIN;
    }

    @Override
    Instant begin(long number) {
      return EPOCH
          .plus(number, ChronoUnit.MONTHS)
          .atDay(1)
          .atStartOfDay(ZoneOffset.UTC)
          .toInstant();
    }

    @Override
    BudgetPeriod shown() {
      return BudgetPeriod.MONTH;
    }

    @Override
    String adjective() {
      return "monthly";
    }
  };

  private static final YearMonth EPOCH = YearMonth.of(1970, 1);
  private static final long BEGIN = EPOCH.getLong(ChronoField.PROLEPTIC_MONTH);

  private static LocalDate day(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }

  /** Number of the period that a time is in. */
  abstract long numberAt(Instant time);

  /** When a period begins. */
  abstract Instant begin(long number);

  /** The word that events use. */
  abstract BudgetPeriod shown();

  /** The word that messages use. */
  abstract String adjective();
}
