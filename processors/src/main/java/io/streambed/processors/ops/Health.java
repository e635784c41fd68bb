/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.ops;

import io.streambed.processors.ops.HealthStatus.Up;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The parts that say whether they work. Each part is given a check and reports to it; nobody asks
 * the parts, so an answer never waits. Safe for use by many threads.
 */
public final class Health {

  /** What follows when a check is down. */
  public enum Scope {
    /** The process is restarted. */
    LIVE,
    /** The process is left alone, and not counted on. */
    READY
  }

  private record Named(Scope scope, HealthCheck check) {}

  private final List<Named> checks = new CopyOnWriteArrayList<>();
  private final Clock clock;

  public Health(Clock clock) {
    this.clock = clock;
  }

  /**
   * Adds a part.
   *
   * @param name unique, shown to the operator
   * @param first what holds until the part reports
   * @throws IllegalArgumentException if the name is taken within the scope
   */
  public synchronized HealthCheck check(Scope scope, String name, HealthStatus first) {
    if (checks.stream().anyMatch(c -> c.scope() == scope && c.check().name().equals(name))) {
      throw new IllegalArgumentException("there is a check " + name + " already");
    }
    HealthCheck check = new HealthCheck(name, first, clock);
    checks.add(new Named(scope, check));
    return check;
  }

  /** What the checks of a scope say; a process that is not live is not ready either. */
  public HealthReport report(Scope scope) {
    List<HealthReport.Part> parts =
        checks.stream()
            .filter(c -> c.scope() == Scope.LIVE || scope == Scope.READY)
            .map(c ->
                new HealthReport.Part(
                    c.check().name(), c.check().word().status(), c.check().word().since()))
            .toList();
    return new HealthReport(parts.stream().allMatch(part -> part.status() instanceof Up), parts);
  }
}
