/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.budget;

import java.util.List;
import java.util.Map;

/**
 * The budgets of all tenants.
 *
 * @param forOthers what each tenant has that is not named
 * @param tenants by name
 * @param thresholds percent of a budget at which an event is written, 1 to 100, ascending
 */
public record BudgetConfig(
    Budget forOthers, Map<String, Budget> tenants, List<Integer> thresholds) {

  /** No tenant has a budget. */
  public static final BudgetConfig OFF = new BudgetConfig(Budget.NONE, Map.of(), List.of());

  public BudgetConfig {
    tenants = Map.copyOf(tenants);
    thresholds = List.copyOf(thresholds);
  }

  /** The budget of a tenant. */
  public Budget of(String tenant) {
    return tenants.getOrDefault(tenant, forOthers);
  }

  /** Whether a tenant's requests ask for money first. */
  public boolean isBudgeted(String tenant) {
    return of(tenant).isLimited();
  }

  /** Whether any tenant can have a budget. */
  public boolean isOn() {
    return forOthers.isLimited() || tenants.values().stream().anyMatch(Budget::isLimited);
  }
}
