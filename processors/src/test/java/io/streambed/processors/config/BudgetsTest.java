/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.streambed.processors.budget.Budget;
import io.streambed.processors.budget.Budget.WhenSpent;
import io.streambed.processors.budget.BudgetConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetsTest {

  private static final long DOLLAR = 1_000_000_000_000L;

  @Test
  void nobodyHasABudgetUnlessOneIsGiven() {
    assertThat(load(Map.of()).isOn()).isFalse();
    assertThat(load(Map.of("tenants.a.weight", "2")).isOn()).isFalse();
  }

  @Test
  void aTenantHasItsOwnAndOthersTheDefault() {
    // When
    BudgetConfig budgets =
        load(
            Map.of(
                "budget.daily", "2.5",
                "tenants.acme.budget.daily", "0.000000000001",
                "tenants.acme.budget.monthly", "9000000",
                "tenants.acme.budget.when.spent", "wait",
                "tenants.umbrella.budget.daily", "none"));

    // Then
    assertThat(budgets.of("acme"))
        .isEqualTo(
            new Budget(OptionalLong.of(1), OptionalLong.of(9_000_000 * DOLLAR), WhenSpent.WAIT));
    assertThat(budgets.of("anybody"))
        .isEqualTo(
            new Budget(OptionalLong.of(5 * DOLLAR / 2), OptionalLong.empty(), WhenSpent.REJECT));
    assertThat(budgets.isBudgeted("umbrella")).isFalse();
    assertThat(budgets.thresholds()).containsExactly(50, 80, 100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "9000001", "1e3", "0.0000000000001", "ten", "1,5"})
  void anAmountThatCannotBeKeptExactlyIsRefused(String amount) {
    assertThat(problems(Map.of("budget.monthly", amount)))
        .extracting(ConfigProblem::key)
        .containsExactly("budget.monthly");
  }

  @Test
  void thresholdsAreWholePercentagesInAnyOrder() {
    assertThat(
            load(Map.of("budget.daily", "1", "budget.thresholds.percent", "90, 10,90"))
                .thresholds())
        .containsExactly(10, 90);
    assertThat(problems(Map.of("budget.thresholds.percent", "50,101")))
        .extracting(ConfigProblem::key)
        .containsExactly("budget.thresholds.percent");
  }

  @Test
  void withoutTheHopThereIsNoPlaceToKeepABudget() {
    assertThat(problems(Map.of("budget.daily", "1", "fingerprint.hop", "false")))
        .containsExactly(
            new ConfigProblem(
                "fingerprint.hop",
                "",
                "a budget is kept on the way to the topic of jobs, and there is none without the hop",
                "Set it to true, or give no tenant a budget"));
    assertThat(load(Map.of("fingerprint.hop", "false")).isOn()).isFalse();
  }

  @Test
  void aBudgetKnowsEveryCallSoNoneIsEager() {
    assertThat(problems(Map.of("tenants.a.budget.monthly", "1", "invocation.eager", "true")))
        .extracting(ConfigProblem::key)
        .containsExactly("invocation.eager");
  }

  private static BudgetConfig load(Map<String, String> more) {
    Map<String, String> all =
        new HashMap<>(
            Map.of("models.m.id", "amazon.nova-lite-v1:0", "models.m.region", "us-east-1"));
    all.putAll(more);
    return ConfigLoader.load(all, Map.of()).config().budgets();
  }

  private static List<ConfigProblem> problems(Map<String, String> more) {
    return catchThrowableOfType(InvalidConfigException.class, () -> load(more)).problems();
  }
}
