/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import io.streambed.processors.model.Burndown;
import io.streambed.processors.model.Lane;
import io.streambed.processors.model.Quota;
import io.streambed.processors.model.Route;
import io.streambed.schemas.state.Feature;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Named lanes, and the requests that each takes. */
final class LanesSection {

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]{1,100}");

  private LanesSection() {}

  /** By the names that the user gave them. */
  static Map<String, Route> read(
      Values values, List<LaneKeys> lanes, Optional<String> defaultRegion, Problems problems) {
    Map<String, Route> routes = new TreeMap<>();
    Map<String, String> names = new TreeMap<>();
    for (LaneKeys keys : lanes) {
      check(values, keys, defaultRegion, problems);
      Lane lane =
          new Lane(
              values.get(keys.id).orElse(""),
              values.get(keys.region).or(() -> defaultRegion).orElse(""),
              values.get(keys.tier),
              values.get(keys.concurrency),
              quota(values, keys));
      String other = names.putIfAbsent(lane.name(), keys.name);
      problems.require(
          other == null || values.get(keys.id).isEmpty(),
          keys.id,
          "lanes." + other + " is the same model in the same region and tier",
          "Name one of them where the other is named, and leave it out");
      routes.put(keys.name, new Route(lane, 1, terms(values, keys)));
    }
    return routes;
  }

  private static void check(
      Values values, LaneKeys lane, Optional<String> defaultRegion, Problems problems) {
    if (!NAME.matcher(lane.name).matches()) {
      problems.add(
          lane.id.name(),
          "",
          "this is no name of a lane",
          "Use 1 to 100 letters, digits, dots, underscores and hyphens for it");
    }
    problems.require(
        values.get(lane.id).isPresent(),
        lane.id,
        "the lane has no model id",
        "Give the provider's model id or an inference profile");
    problems.require(
        values.get(lane.region).or(() -> defaultRegion).isPresent(),
        lane.region,
        "the lane has no region",
        "Give it one, or set bedrock.region for all");
  }

  private static Quota quota(Values values, LaneKeys lane) {
    int burndown =
        values.get(lane.burndown).orElseGet(() -> Burndown.of(values.get(lane.id).orElse("")));
    return new Quota(
        values.get(lane.requestsPerMinute),
        values.get(lane.tokensPerMinute),
        values.get(lane.tokensPerDay),
        burndown);
  }

  private static Route.Terms terms(Values values, LaneKeys lane) {
    Set<Feature> features = EnumSet.allOf(Feature.class);
    values.get(lane.lacks).forEach(features::remove);
    return new Route.Terms(
        Set.copyOf(values.get(lane.tenants)),
        Set.copyOf(values.get(lane.priorities)),
        Set.copyOf(features),
        values.get(lane.maxBytes),
        values.get(lane.minTimeLeft));
  }
}
