/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import io.streambed.processors.budget.Budget;
import io.streambed.processors.budget.BudgetConfig;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** What tenants may spend: each by itself, and those that are not named. */
final class BudgetsSection {

  static final Keys KEYS = new Keys("Budgets");

  /** Pico-dollars have so many digits behind the point of a dollar. */
  private static final int PICO_DIGITS = 12;

  private static final Key<Optional<String>> DAILY =
      KEYS.dollars(
          "budget.daily",
          "no limit",
          HIGH,
          "What a tenant may spend a day (UTC), in US dollars, where it has no budget of its own. A request is let through once the most that it can cost is set aside.");
  private static final Key<Optional<String>> MONTHLY =
      KEYS.dollars("budget.monthly", "no limit", HIGH, "The same a calendar month (UTC).");
  private static final Key<Budget.WhenSpent> WHEN_SPENT =
      KEYS.choice(
          "budget.when.spent",
          Budget.WhenSpent.REJECT,
          HIGH,
          "What becomes of a request that can cost more than is left: a dead letter BUDGET_SPENT, or it waits for the next period.");
  private static final Key<List<Integer>> THRESHOLDS =
      KEYS.percents(
          "budget.thresholds.percent",
          "50,80,100",
          MEDIUM,
          "Shares of a budget at which an event is written, once each period.");

  private BudgetsSection() {}

  static BudgetConfig read(Values values, List<TenantKeys> tenants, Problems problems) {
    Budget forOthers =
        new Budget(picos(values.get(DAILY)), picos(values.get(MONTHLY)), values.get(WHEN_SPENT));
    Map<String, Budget> named = new TreeMap<>();
    for (TenantKeys keys : tenants) {
      Budget own =
          new Budget(
              picos(values.get(keys.daily).or(() -> values.get(DAILY))),
              picos(values.get(keys.monthly).or(() -> values.get(MONTHLY))),
              values.get(keys.whenSpent).orElse(forOthers.whenSpent()));
      if (!own.equals(forOthers)) {
        named.put(keys.name, own);
      }
    }
    BudgetConfig config =
        new BudgetConfig(
            forOthers, named, values.get(THRESHOLDS).stream().distinct().sorted().toList());
    check(config, values, problems);
    return config;
  }

  private static void check(BudgetConfig config, Values values, Problems problems) {
    problems.require(
        !config.isOn() || values.get(AdmissionSection.HOP),
        AdmissionSection.HOP,
        "a budget is kept on the way to the topic of jobs, and there is none without the hop",
        "Set it to true, or give no tenant a budget");
    problems.require(
        !config.isOn() || !values.get(InvocationSection.EAGER),
        InvocationSection.EAGER,
        "a budget counts every call, and after a crash an eager one may not be known",
        "Set it to false, or give no tenant a budget");
  }

  /** Exact; the keys' validator has seen to it that it fits. */
  private static OptionalLong picos(Optional<String> dollars) {
    return dollars
        .filter(text -> !text.equals(Validators.NO_DOLLARS))
        .map(text -> new BigDecimal(text).movePointRight(PICO_DIGITS).longValueExact())
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }
}
