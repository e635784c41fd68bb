/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.limit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What single tenants may ask of all lanes together, by time: as with a lane's quota each instance
 * has its share of it. A tenant that has used its own up waits, whatever its lanes could take. Safe
 * for use by many threads.
 */
public final class Caps {

  private record Pools(List<Pool> calls, List<Pool> tokens) {}

  private final Map<String, Pools> pools = new HashMap<>();

  /**
   * @param configs what is configured of tenants, by name; any other has no cap
   */
  public Caps(Map<String, TenantConfig> configs, Instant now) {
    Duration minute = Duration.ofMinutes(1);
    configs.forEach((tenant, config) -> {
      List<Pool> calls = new ArrayList<>();
      List<Pool> tokens = new ArrayList<>();
      config.requestsPerMinute().ifPresent(most -> calls.add(new Pool(most, minute, now)));
      config.tokensPerMinute().ifPresent(most -> tokens.add(new Pool(most, minute, now)));
      if (config.isCapped()) {
        pools.put(tenant, new Pools(calls, tokens));
      }
    });
  }

  /**
   * Whether a tenant may have another call. One may be larger than what is left, which it then
   * owes.
   *
   * @param share the part of every cap that is this instance's, 0 to 1
   */
  public synchronized boolean allow(String tenant, double share, Instant now) {
    Pools its = pools.get(tenant);
    return its == null
        || (its.calls().stream().allMatch(pool -> has(pool, share, now))
            && its.tokens().stream().allMatch(pool -> has(pool, share, now)));
  }

  private static boolean has(Pool pool, double share, Instant now) {
    pool.share(share, now);
    return pool.has(1, now);
  }

  /** A tenant has another call, which is expected to take so many tokens. */
  public synchronized void take(String tenant, double tokens) {
    change(tenant, 1, tokens);
  }

  /** The call will not be made. */
  public synchronized void cancel(String tenant, double tokens) {
    change(tenant, -1, -tokens);
  }

  /** It takes more tokens than was expected, or fewer. */
  public synchronized void putRight(String tenant, double more) {
    change(tenant, 0, more);
  }

  private void change(String tenant, int calls, double tokens) {
    Pools its = pools.get(tenant);
    if (its != null) {
      its.calls().forEach(pool -> pool.take(calls));
      its.tokens().forEach(pool -> pool.take(tokens));
    }
  }
}
