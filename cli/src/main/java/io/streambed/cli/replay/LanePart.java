/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.replay;

import io.streambed.processors.model.Lane;
import io.streambed.processors.model.ModelAlias;
import io.streambed.processors.model.Needs;
import io.streambed.processors.model.Route;
import io.streambed.schemas.state.Job;
import java.util.List;

/**
 * A lane that requests like one are expected to take: in order all the first, by weight each its
 * part of them. Pure.
 *
 * @param part above 0 and at most 1
 */
record LanePart(Lane lane, double part) {

  /**
   * The lanes of a request; their parts are 1 together.
   *
   * @param job with its content
   */
  static List<LanePart> of(ModelAlias alias, Job job) {
    List<Route> taking =
        alias.routes().stream().filter(route -> route.terms().take(Needs.of(job))).toList();
    if (alias.spread() == ModelAlias.Spread.IN_ORDER) {
      return taking.stream().limit(1).map(route -> new LanePart(route.lane(), 1)).toList();
    }
    double all = taking.stream().mapToInt(Route::weight).sum();
    return taking.stream().map(route -> new LanePart(route.lane(), route.weight() / all)).toList();
  }
}
