/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import io.streambed.processors.limit.TenantConfig;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What single tenants are given. */
final class TenantsSection {

  /** As many characters as a tenant's name may have in a request. */
  private static final int LONGEST_NAME = 128;

  private TenantsSection() {}

  /** By the tenant's name. */
  static Map<String, TenantConfig> read(
      Values values, List<TenantKeys> tenants, Problems problems) {
    Map<String, TenantConfig> configs = new TreeMap<>();
    for (TenantKeys keys : tenants) {
      if (keys.name.isBlank() || keys.name.length() > LONGEST_NAME) {
        problems.add(
            keys.weight.name(),
            "",
            "this is no name of a tenant",
            "Use the name that requests give, 1 to " + LONGEST_NAME + " characters");
      }
      configs.put(
          keys.name,
          new TenantConfig(
              values.get(keys.weight),
              values.get(keys.requestsPerMinute),
              values.get(keys.tokensPerMinute)));
    }
    return configs;
  }
}
