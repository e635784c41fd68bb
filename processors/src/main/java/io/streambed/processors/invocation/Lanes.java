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
        : Router.choose(
            routes,
            passed,
            deadline.map(at -> Duration.between(now, at)),
            alias.spread(),
            this::room);
  }
}
