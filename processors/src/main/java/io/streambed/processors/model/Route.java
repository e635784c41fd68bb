/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

import io.streambed.schemas.Priority;
import io.streambed.schemas.state.Feature;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * A lane that an alias may use, and for which requests.
 *
 * @param lane the lane
 * @param weight its share where the alias spreads requests by weight; at least 1
 * @param terms which requests it takes
 */
public record Route(Lane lane, int weight, Terms terms) {

  /**
   * Which requests a lane takes.
   *
   * @param tenants those it is for; none means all
   * @param priorities those it is for; none means all
   * @param features what its model can do
   * @param maxBytes the largest content
   * @param minTimeLeft it is not for requests whose deadline is nearer
   */
  public record Terms(
      Set<String> tenants,
      Set<Priority> priorities,
      Set<Feature> features,
      int maxBytes,
      Duration minTimeLeft) {

    /** Takes everything. */
    public static final Terms ANY =
        new Terms(
            Set.of(), Set.of(), EnumSet.allOf(Feature.class), Integer.MAX_VALUE, Duration.ZERO);

    public Terms {
      tenants = Set.copyOf(tenants);
      priorities = Set.copyOf(priorities);
      features = Set.copyOf(features);
    }

    /** Whether a request may take the lane, whenever that is. */
    public boolean take(Needs needs) {
      return (tenants.isEmpty() || tenants.contains(needs.tenant()))
          && (priorities.isEmpty() || priorities.contains(needs.priority()))
          && features.containsAll(needs.features())
          && needs.bytes() <= maxBytes;
    }
  }

  /** A lane that takes everything. */
  public static Route to(Lane lane) {
    return new Route(lane, 1, Terms.ANY);
  }
}
