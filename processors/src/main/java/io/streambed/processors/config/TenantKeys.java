/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import io.streambed.processors.limit.TenantConfig;
import java.util.List;

/** The keys of one named tenant. */
final class TenantKeys {

  /** The heading in the reference. */
  static final String GROUP = "Tenants";

  static final NamedGroup NAMED = new NamedGroup("tenants.", List.of("weight"));

  final String name;
  final Keys keys = new Keys(GROUP);
  final Key<Integer> weight;

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
  }
}
