/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import io.streambed.schemas.state.AttemptRef;
import io.streambed.schemas.state.FlightState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The steps from one stored state of a flight to the next; each returns a new record. */
final class FlightStates {

  private FlightStates() {}

  static FlightState fresh() {
    return new FlightState(
        null,
        0,
        0,
        List.of(),
        null,
        null,
        0,
        0L,
        Integer.MAX_VALUE,
        0L,
        null,
        -1,
        List.of(),
        List.of(),
        0L,
        false);
  }

  /** An attempt is intended. */
  static FlightState intended(FlightState s, AttemptRef attempt, Instant now) {
    FlightState next = copy(s, attempt);
    next.put("notBefore", null);
    next.put("firstAttemptAt", s.getFirstAttemptAt().orElse(now));
    return next;
  }

  /** The intended attempt was never sent: it counts for nothing. */
  static FlightState withdrawn(FlightState s) {
    return copy(s, null);
  }

  /** The attempt's call has ended. */
  static FlightState finished(
      FlightState s, boolean throttled, boolean lost, long costPicoDollars, long openMillis) {
    FlightState next = copy(s, null);
    next.put("lostAttempts", s.getLostAttempts() + (lost ? 1 : 0));
    next.put("finishedAttempts", s.getFinishedAttempts() + 1);
    next.put("throttledAttempts", s.getThrottledAttempts() + (throttled ? 1 : 0));
    next.put("spentPicoDollars", s.getSpentPicoDollars() + costPicoDollars);
    next.put("openMillis", s.getOpenMillis() + openMillis);
    return next;
  }

  /** The attempt was cut off by a crash or a move. */
  static FlightState interrupted(FlightState s, AttemptRef attempt) {
    List<AttemptRef> all = new ArrayList<>(s.getInterrupted());
    all.add(attempt);
    FlightState next = copy(s, null);
    next.put("interrupted", all);
    return next;
  }

  /** The next attempt is not before a time; until then every lane may have come round. */
  static FlightState delayed(FlightState s, Instant notBefore) {
    FlightState next = copy(s, attemptOf(s));
    next.put("notBefore", notBefore);
    next.put("passedLanes", List.of());
    return next;
  }

  /** An attempt has failed on a lane: others are tried before it is tried again. */
  static FlightState failedOn(FlightState s, String lane) {
    FlightState next = copy(s, attemptOf(s));
    next.put("failedLanes", with(s.getFailedLanes(), lane));
    next.put("passedLanes", with(s.getPassedLanes(), lane));
    return next;
  }

  private static List<String> with(List<String> lanes, String lane) {
    if (lanes.contains(lane)) {
      return lanes;
    }
    List<String> more = new ArrayList<>(lanes);
    more.add(lane);
    return more;
  }

  static FlightState batchLimit(FlightState s, int limit) {
    FlightState next = copy(s, attemptOf(s));
    next.put("batchLimit", limit);
    return next;
  }

  /** The answer is stored and the job that bears the money is settled; others are not yet. */
  static FlightState answeredBy(FlightState s, String attemptId) {
    FlightState next = paid(s);
    next.put("answeredBy", attemptId);
    return next;
  }

  /** The job that bears the money is settled. */
  static FlightState paid(FlightState s) {
    FlightState next = copy(s, attemptOf(s));
    next.put("spentPicoDollars", 0L);
    return next;
  }

  /** So much of the budget is set aside for it. */
  static FlightState reserved(FlightState s, long picoDollars, boolean claiming) {
    FlightState next = copy(s, attemptOf(s));
    next.put("reservedPicoDollars", picoDollars);
    next.put("claiming", claiming);
    return next;
  }

  /** Nothing is set aside, and it has asked for that. */
  static FlightState claiming(FlightState s) {
    return reserved(s, 0, true);
  }

  static FlightState keeping(FlightState s, int job) {
    FlightState next = copy(s, attemptOf(s));
    next.put("keptJob", job);
    return next;
  }

  private static @Nullable AttemptRef attemptOf(FlightState s) {
    return s.getAttempt().orElse(null);
  }

  private static FlightState copy(FlightState s, @Nullable AttemptRef attempt) {
    return new FlightState(
        attempt,
        s.getFinishedAttempts(),
        s.getThrottledAttempts(),
        s.getInterrupted(),
        s.getNotBefore().orElse(null),
        s.getFirstAttemptAt().orElse(null),
        s.getLostAttempts(),
        s.getSpentPicoDollars(),
        s.getBatchLimit(),
        s.getOpenMillis(),
        s.getAnsweredBy().orElse(null),
        s.getKeptJob(),
        s.getFailedLanes(),
        s.getPassedLanes(),
        s.getReservedPicoDollars(),
        s.getClaiming());
  }
}
