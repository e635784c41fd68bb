/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.limit;

/**
 * What a tenant that the settings name is given.
 *
 * @param weight its share of a lane beside other tenants' weights, 1 to 1,000
 */
public record TenantConfig(int weight) {

  /** What every tenant has that the settings do not name. */
  public static final TenantConfig DEFAULT = new TenantConfig(1);
}
