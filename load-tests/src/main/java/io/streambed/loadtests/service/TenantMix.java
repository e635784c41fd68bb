/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.service;

import java.util.Random;

/**
 * On whose behalf requests are.
 *
 * @param tenants how many there are; 0 for requests that name none
 * @param times how many times as much the first of them sends as each of the others
 */
public record TenantMix(int tenants, int times) {

  /** Requests that name no tenant. */
  public static final TenantMix NONE = new TenantMix(0, 1);

  /** The tenant of a request, from 1 on; 0 where it names none. The same each time it is asked. */
  public int of(int request) {
    if (tenants == 0) {
      return 0;
    }
    int point = new Random(request * 31L).nextInt(times + tenants - 1);
    return point < times ? 1 : 2 + point - times;
  }

  /** The name of a tenant. */
  public static String name(int tenant) {
    return "tenant-" + tenant;
  }
}
