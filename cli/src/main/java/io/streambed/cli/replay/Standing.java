/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.replay;

import io.streambed.schemas.ReplayCounts;
import io.streambed.schemas.ReplayOrder;
import io.streambed.schemas.ReplayPlace;
import io.streambed.schemas.ReplayPlan;
import io.streambed.schemas.ReplayProgress;
import io.streambed.schemas.ReplayRun;
import io.streambed.schemas.ReplayState;
import io.streambed.schemas.ReplayWish;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the topic of runs says of one of them.
 *
 * @param progress absent until it has begun
 * @param wish the last order; absent where there was none
 * @param began the first progress that is known of the process that has written the last
 */
public record Standing(
    String run,
    Optional<ReplayPlan> plan,
    Optional<ReplayProgress> progress,
    Optional<ReplayWish> wish,
    Optional<ReplayProgress> began) {

  /** With no more known of its progress than the last. */
  public Standing(
      String run,
      Optional<ReplayPlan> plan,
      Optional<ReplayProgress> progress,
      Optional<ReplayWish> wish) {
    this(run, plan, progress, wish, progress);
  }

  /** All runs that records tell of, in the order of their first record. */
  public static Map<String, Standing> of(List<ReplayRun> records) {
    Map<String, Standing> runs = new LinkedHashMap<>();
    for (ReplayRun record : records) {
      Standing before =
          runs.getOrDefault(
              record.getRun(),
              new Standing(record.getRun(), Optional.empty(), Optional.empty(), Optional.empty()));
      runs.put(record.getRun(), before.and(record));
    }
    return runs;
  }

  /** The same after a further record of the run. */
  public Standing and(ReplayRun record) {
    return new Standing(
        run,
        record.getPlan().or(() -> plan),
        record.getProgress().or(() -> progress),
        record.getWish().or(() -> wish),
        record.getProgress().filter(its -> !isOfTheSameProcess(its)).or(() -> began));
  }

  private boolean isOfTheSameProcess(ReplayProgress its) {
    return began.filter(first -> first.getWriter().equals(its.getWriter())).isPresent();
  }

  /** How far it is. */
  public ReplayState state() {
    ReplayState written = progress.map(ReplayProgress::getState).orElse(ReplayState.RUNNING);
    boolean cancelled = order() == ReplayOrder.CANCEL;
    return cancelled && !isOver(written) ? ReplayState.CANCELLED : written;
  }

  /** What is wanted of it. */
  public ReplayOrder order() {
    return wish.map(ReplayWish::getOrder).orElse(ReplayOrder.GO);
  }

  /** Whether nothing more will come of it. */
  public boolean isOver() {
    return isOver(state());
  }

  private static boolean isOver(ReplayState state) {
    return state == ReplayState.DONE || state == ReplayState.CANCELLED;
  }

  /** What became of the requests so far. */
  public ReplayCounts counts() {
    return progress
        .map(ReplayProgress::getCounts)
        .orElseGet(() -> ReplayCounts.newBuilder().build());
  }

  /** The next offset to be read, by partition. */
  public Map<Integer, Long> next() {
    Map<Integer, Long> next = new HashMap<>();
    plan.ifPresent(its -> its.getRanges().forEach(it -> next.put(it.getPartition(), it.getFrom())));
    for (ReplayPlace place : progress.map(ReplayProgress::getNext).orElse(List.of())) {
      next.put(place.getPartition(), place.getOffset());
    }
    return next;
  }

  /** Offsets that are behind it. */
  public long done() {
    Map<Integer, Long> next = next();
    return plan.map(ReplayPlan::getRanges).orElse(List.of()).stream()
        .mapToLong(
            range -> next.getOrDefault(range.getPartition(), range.getFrom()) - range.getFrom())
        .sum();
  }

  /**
   * The time until everything has been asked, if it goes on as since its process began.
   *
   * @param now the wall clock
   * @return empty where nobody is to be at it, or nothing tells
   */
  public Optional<Duration> left(Instant now) {
    if (plan.isEmpty() || began.isEmpty() || state() != ReplayState.RUNNING) {
      return Optional.empty();
    }
    long before = new Standing(run, plan, began, wish).done();
    return TimeLeft.of(
        Duration.between(began.get().getWrittenAt(), now),
        done() - before,
        Plans.offsets(plan.get().getRanges()) - done());
  }
}
