/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.limit;

import java.util.OptionalLong;

/**
 * What a tenant that the settings name is given.
 *
 * @param weight its share of a lane beside other tenants' weights, 1 to 1,000
 * @param requestsPerMinute most calls of all instances together, on whatever lanes
 * @param tokensPerMinute most tokens, as lanes count them
 */
public record TenantConfig(
    int weight, OptionalLong requestsPerMinute, OptionalLong tokensPerMinute) {

  /** What every tenant has that the settings do not name. */
  public static final TenantConfig DEFAULT =
      new TenantConfig(1, OptionalLong.empty(), OptionalLong.empty());

  /** Whether it may have to wait while lanes have room. */
  public boolean isCapped() {
    return requestsPerMinute.isPresent() || tokensPerMinute.isPresent();
  }
}
