/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.quota;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The quotas of the account, by model and region. A model id and an inference profile of it are
 * different routes, each with its own. Safe to use from any thread.
 */
public final class Quotas {
  /** Stands for every model, or every region, that has no quota of its own. */
  public static final String ANY = "*";

  /**
   * A route.
   *
   * @param model model id or profile id as callers name it
   * @param region region
   */
  public record Route(String model, String region) {}

  private final Map<Route, Quota> limits = new HashMap<>();
  private final Map<Route, QuotaAccount> accounts = new HashMap<>();
  private final Map<Route, Tally> tallies = new HashMap<>();

  /** Sets a quota; either name may be {@link #ANY}. What was used before is forgotten. */
  public synchronized void set(String model, String region, Quota quota) {
    limits.put(new Route(model, region), quota);
    accounts.clear();
  }

  /** All that are set. */
  public synchronized Map<Route, Quota> all() {
    return Map.copyOf(limits);
  }

  /** What has been asked of each route since all quotas were last removed. */
  public synchronized Map<Route, Tally> tallies() {
    return Map.copyOf(tallies);
  }

  /** Removes all. */
  public synchronized void clear() {
    limits.clear();
    accounts.clear();
    tallies.clear();
  }

  /** Whether a call may start that can use so many tokens. */
  public synchronized Admission reserve(Route route, long tokens, long nowNanos) {
    Admission admission = account(route, nowNanos).reserve(tokens, nowNanos);
    tallies.merge(route, Tally.NOTHING.with(admission), (before, one) -> before.with(admission));
    return admission;
  }

  /** Charges what a call used, and gives back the rest of what it reserved. */
  public synchronized void settle(Route route, long reserved, long used, long nowNanos) {
    account(route, nowNanos).settle(reserved, used, nowNanos);
    tallies.merge(route, Tally.NOTHING.withUsed(used), (before, one) -> before.withUsed(used));
  }

  private QuotaAccount account(Route route, long nowNanos) {
    return accounts.computeIfAbsent(route, one -> new QuotaAccount(limit(one), nowNanos));
  }

  private Quota limit(Route route) {
    return Optional.ofNullable(limits.get(route))
        .or(() -> Optional.ofNullable(limits.get(new Route(route.model(), ANY))))
        .or(() -> Optional.ofNullable(limits.get(new Route(ANY, route.region()))))
        .or(() -> Optional.ofNullable(limits.get(new Route(ANY, ANY))))
        .orElse(Quota.UNLIMITED);
  }
}
