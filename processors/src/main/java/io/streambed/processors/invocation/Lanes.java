/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import io.streambed.processors.model.Lane;
import io.streambed.processors.model.ModelAlias;
import io.streambed.processors.model.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Lanes as they are now: asks the {@link Router} with what their gates can do. */
record Lanes(Calls calls) {

  Router.Room room(Lane lane) {
    return calls.gate(lane).room();
  }

  /**
   * The lane to try next.
   *
   * @param routes those that a request may take, not empty
   * @param passed names of lanes that have failed since the last back-off
   * @param deadline the request's, if it has one
   */
  Lane choose(
      List<Route> routes,
      ModelAlias alias,
      Collection<String> passed,
      Optional<Instant> deadline,
      Instant now) {
    return routes.size() == 1
        ? routes.getFirst().lane()
        : Router.choose(routes, passed, left(deadline, now), alias.spread(), this::room);
  }

  /** Whether another lane than those that have failed works, so that no back-off is needed. */
  boolean hasOther(
      List<Route> routes, Collection<String> passed, Optional<Instant> deadline, Instant now) {
    return Router.hasOther(routes, passed, left(deadline, now), this::room);
  }

  /** Whether no lane has lately answered as fast as a deadline wants it. */
  boolean areTooSlow(List<Route> routes, Optional<Instant> deadline, Instant now) {
    return left(deadline, now)
        .map(left ->
            routes.stream()
                .map(route -> calls.gate(route.lane()).leastDuration())
                .allMatch(least -> left.compareTo(least) < 0))
        .orElse(false);
  }

  private static Optional<Duration> left(Optional<Instant> deadline, Instant now) {
    return deadline.map(at -> Duration.between(now, at));
  }
}
