/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import io.streambed.processors.job.Fingerprint;
import io.streambed.processors.model.Lane;
import io.streambed.processors.model.ModelAlias;
import io.streambed.processors.model.ModelAlias.Spread;
import io.streambed.processors.model.Needs;
import io.streambed.processors.model.Route;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Decides by which lane a request is tried. Pure. */
final class Router {

  /** What a lane can do for one more request. */
  enum Room {
    /** It takes it now. */
    NOW,
    /** It works, and takes it when another is through. */
    LATER,
    /** It is throttled or broken. */
    NOT_SOON,
    /** It works again when an operator has acted. */
    STOPPED
  }

  private Router() {}

  /**
   * The routes that take a request, in the order in which they are tried: the lanes of the model
   * that comes first before those of other models. None where no route takes it.
   */
  static List<Route> order(ModelAlias alias, Needs needs, Fingerprint fingerprint) {
    List<Route> takers =
        new ArrayList<>(
            alias.routes().stream().filter(route -> route.terms().take(needs)).toList());
    if (takers.isEmpty()) {
      return takers;
    }
    if (alias.spread() == Spread.BY_WEIGHT) {
      Route first = byWeight(takers, fingerprint);
      takers.remove(first);
      takers.addFirst(first);
    }
    String model = takers.getFirst().lane().bareModelId();
    Predicate<Route> same = route -> route.lane().bareModelId().equals(model);
    List<Route> order = new ArrayList<>(takers.stream().filter(same).toList());
    order.addAll(takers.stream().filter(same.negate()).toList());
    return order;
  }

  /** Equal fingerprints choose equally; over many, each route gets its weight's share. */
  private static Route byWeight(List<Route> routes, Fingerprint fingerprint) {
    long total = routes.stream().mapToLong(Route::weight).sum();
    // A fingerprint's bytes are those of a hash, so any of them are spread evenly. Kafka's
    // partitioner hashes all of them anew, so that a partition sees every route.
    long point = Math.floorMod(ByteBuffer.wrap(fingerprint.bytes()).getLong(8), total);
    for (Route route : routes) {
      point -= route.weight();
      if (point < 0) {
        return route;
      }
    }
    return routes.getLast();
  }

  /**
   * The lane to try next.
   *
   * @param order not empty
   * @param passed names of lanes that have failed since the last back-off
   * @param timeLeft until the request's deadline, if it has one
   * @param room what a lane can do
   * @param spread whether a lane that is merely full is passed over: not where weights decide
   */
  static Lane choose(
      List<Route> order,
      Collection<String> passed,
      Optional<Duration> timeLeft,
      Spread spread,
      Function<Lane, Room> room) {
    List<Lane> wanted = wanted(order, timeLeft);
    List<Lane> untried = wanted.stream().filter(lane -> !passed.contains(lane.name())).toList();
    List<Lane> candidates = untried.isEmpty() ? wanted : untried;
    Optional<Lane> best = Optional.empty();
    Room bestRoom = Room.STOPPED;
    for (Lane lane : candidates) {
      Room its = room.apply(lane);
      if (its == Room.LATER && spread == Spread.BY_WEIGHT) {
        its = Room.NOW;
      }
      if (best.isEmpty() || its.compareTo(bestRoom) < 0) {
        best = Optional.of(lane);
        bestRoom = its;
      }
    }
    return best.orElseThrow();
  }

  /**
   * Whether another lane than those that have failed works, and {@link #choose} would take it, so
   * that no back-off is needed.
   */
  static boolean hasOther(
      List<Route> order,
      Collection<String> passed,
      Optional<Duration> timeLeft,
      Function<Lane, Room> room) {
    return wanted(order, timeLeft).stream()
        .filter(lane -> !passed.contains(lane.name()))
        .map(room)
        .anyMatch(its -> its == Room.NOW || its == Room.LATER);
  }

  /** The lanes that are quick enough, or all where none is. */
  private static List<Lane> wanted(List<Route> order, Optional<Duration> timeLeft) {
    List<Lane> inTime =
        lanes(order, route -> timeLeft.map(left -> enough(left, route)).orElse(true));
    return inTime.isEmpty() ? lanes(order, route -> true) : inTime;
  }

  private static boolean enough(Duration left, Route route) {
    return left.compareTo(route.terms().minTimeLeft()) >= 0;
  }

  private static List<Lane> lanes(List<Route> order, Predicate<Route> which) {
    return order.stream().filter(which).map(Route::lane).toList();
  }
}
