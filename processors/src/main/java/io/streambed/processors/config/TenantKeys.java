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
import io.streambed.processors.limit.TenantConfig;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The keys of one named tenant. */
final class TenantKeys {

  /** The heading in the reference. */
  static final String GROUP = "Tenants";

  static final NamedGroup NAMED =
      new NamedGroup(
          "tenants.",
          List.of(
              "weight",
              "requests.per.minute",
              "tokens.per.minute",
              "budget.daily",
              "budget.monthly",
              "budget.when.spent"));

  final String name;
  final Keys keys = new Keys(GROUP);
  final Key<Integer> weight;
  final Key<OptionalLong> requestsPerMinute;
  final Key<OptionalLong> tokensPerMinute;
  final Key<Optional<String>> daily;
  final Key<Optional<String>> monthly;
  final Key<Optional<Budget.WhenSpent>> whenSpent;

  TenantKeys(String name) {
    this.name = name;
    weight =
        keys.count(
            NAMED.key(name, "weight"),
            TenantConfig.DEFAULT.weight(),
            1,
            1_000,
            MEDIUM,
            "Its share of a lane beside the weights of other tenants that wait for it.");
    requestsPerMinute =
        keys.optionalNumber(
            NAMED.key(name, "requests.per.minute"),
            "no limit",
            MEDIUM,
            "Most calls a minute for it, by all instances and lanes together.");
    tokensPerMinute =
        keys.optionalNumber(
            NAMED.key(name, "tokens.per.minute"),
            "no limit",
            MEDIUM,
            "Most tokens a minute for it, as lanes count them for their quotas.");
    daily =
        keys.dollars(
            NAMED.key(name, "budget.daily"),
            "`budget.daily`",
            HIGH,
            "What it may spend a day (UTC), in US dollars; none for no limit.");
    monthly =
        keys.dollars(
            NAMED.key(name, "budget.monthly"),
            "`budget.monthly`",
            HIGH,
            "The same a calendar month (UTC).");
    whenSpent =
        keys.optionalChoice(
            NAMED.key(name, "budget.when.spent"),
            Budget.WhenSpent.class,
            "`budget.when.spent`",
            MEDIUM,
            "What becomes of a request that can cost more than is left.");
  }
}
