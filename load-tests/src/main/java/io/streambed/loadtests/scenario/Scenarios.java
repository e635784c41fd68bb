/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.scenario;

import java.util.List;
import java.util.Optional;

/** All there are. To add one, see {@code load-tests/README.md}. */
public final class Scenarios {
  /** In their order. */
  public static final List<Scenario> ALL =
      List.of(
          new LimitScenario(),
          new ThroughputScenario(),
          new LatencyScenario(),
          new CrashScenario(),
          new FailoverScenario(),
          new DuplicatesScenario(),
          new BacklogScenario(),
          new StragglerScenario(),
          new FaultsScenario(),
          new SoakScenario(),
          new QuotaScenario(),
          new FairnessScenario(),
          new MoneyScenario(),
          new FallbackScenario(),
          new KinesisScenario(),
          new ReplayScenario(),
          new RedriveScenario());

  private Scenarios() {}

  /** The one of that name, or whose name begins so and no other's. */
  public static Optional<Scenario> named(String name) {
    List<Scenario> found = ALL.stream().filter(one -> one.name().startsWith(name)).toList();
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }
}
