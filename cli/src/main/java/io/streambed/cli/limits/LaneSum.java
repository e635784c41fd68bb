/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.limits;

import io.streambed.processors.ops.LaneLimits;
import io.streambed.processors.ops.LimitsReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * One lane, of all instances that have told of it. The quota is that of all together, and the same
 * with each.
 *
 * @param conditions how many instances see the lane in which condition
 * @param breakers how many breakers are in which state
 * @param until the earliest time at which an instance goes on or tries again, in ISO 8601
 * @param reason why it is stopped
 * @param granted the part of the quota that the provider seems to grant, as learned
 */
public record LaneSum(
    String lane,
    Map<String, Integer> conditions,
    Map<String, Integer> breakers,
    Optional<String> until,
    Optional<String> reason,
    LaneLimits.Quota quota,
    double granted,
    long setAside,
    LaneLimits.Used used,
    long open,
    long limit,
    long concurrency,
    long ready,
    long waiting) {

  /** From the best to the worst; one that is not known here is worse than all. */
  private static final List<String> CONDITIONS =
      List.of("running", "throttled", "broken", "stopped");

  /** What an instance has told of a lane, and its share of the quota. */
  private record Told(LaneLimits lane, double share) {}

  /** The sum for each lane, in the order in which they were told. */
  public static List<LaneSum> of(List<LimitsReport> reports) {
    Map<String, List<Told>> lanes = new LinkedHashMap<>();
    for (LimitsReport report : reports) {
      for (LaneLimits lane : report.lanes()) {
        lanes
            .computeIfAbsent(lane.lane(), name -> new ArrayList<>())
            .add(new Told(lane, report.share()));
      }
    }
    return lanes.values().stream().map(LaneSum::sum).toList();
  }

  private static LaneSum sum(List<Told> told) {
    LaneLimits first = told.getFirst().lane();
    return new LaneSum(
        first.lane(),
        count(told, LaneLimits::condition),
        count(told, LaneLimits::breaker),
        first(told, lane -> Optional.ofNullable(lane.until())),
        first(told, lane -> Optional.ofNullable(lane.reason())),
        first.quota(),
        granted(told),
        add(told, LaneLimits::setAside),
        new LaneLimits.Used(
            add(told, lane -> lane.used().requests()),
            add(told, lane -> lane.used().tokens()),
            add(told, lane -> lane.used().throttles()),
            add(told, lane -> lane.used().throttlesEver())),
        add(told, LaneLimits::open),
        add(told, LaneLimits::limit),
        add(told, LaneLimits::concurrency),
        add(told, LaneLimits::ready),
        add(told, LaneLimits::waiting));
  }

  private static Map<String, Integer> count(List<Told> told, Function<LaneLimits, String> what) {
    Map<String, Integer> counts = new TreeMap<>();
    told.forEach(one -> counts.merge(what.apply(one.lane()), 1, Integer::sum));
    return counts;
  }

  private static Optional<String> first(
      List<Told> told, Function<LaneLimits, Optional<String>> what) {
    return told.stream()
        .flatMap(one -> what.apply(one.lane()).stream())
        .min(Comparator.naturalOrder());
  }

  private static long add(List<Told> told, ToLongFunction<LaneLimits> what) {
    return told.stream().mapToLong(one -> what.applyAsLong(one.lane())).sum();
  }

  /** Each instance has learned for its own share; one without a share has nothing to say. */
  private static double granted(List<Told> told) {
    double shares = told.stream().mapToDouble(Told::share).sum();
    return shares == 0
        ? 1
        : told.stream().mapToDouble(one -> one.share() * one.lane().granted()).sum() / shares;
  }

  /** The worst that an instance sees. */
  public String condition() {
    return conditions.keySet().stream().max(Comparator.comparingInt(LaneSum::rank)).orElseThrow();
  }

  private static int rank(String condition) {
    int rank = CONDITIONS.indexOf(condition);
    return rank < 0 ? CONDITIONS.size() : rank;
  }
}
