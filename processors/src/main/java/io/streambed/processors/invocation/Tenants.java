/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import io.streambed.processors.limit.FairQueue.Flow;
import io.streambed.processors.limit.TenantConfig;
import io.streambed.schemas.Priority;
import io.streambed.schemas.state.Job;
import java.util.Map;

/** What is configured of tenants; any other is as {@link TenantConfig#DEFAULT}. */
public record Tenants(Map<String, TenantConfig> configs) {

  public Tenants {
    configs = Map.copyOf(configs);
  }

  /** Nothing: all tenants are equal. */
  public static Tenants equal() {
    return new Tenants(Map.of());
  }

  /** With whom a job waits. */
  Flow flow(Job job) {
    return flow(job.getTenant(), job.getPriority());
  }

  /** The same; a class that is newer than this version is an ordinary one. */
  Flow flow(String tenant, Priority priority) {
    return new Flow(
        priority == Priority.UNKNOWN ? Priority.STANDARD : priority,
        tenant,
        configs.getOrDefault(tenant, TenantConfig.DEFAULT).weight());
  }

  /** Whether a tenant may have to wait while others need not. */
  boolean isCapped(String tenant) {
    return configs.getOrDefault(tenant, TenantConfig.DEFAULT).isCapped();
  }

  /** Whether several are expected even before they were seen. */
  boolean areSeveral() {
    return configs.size() > 1;
  }
}
