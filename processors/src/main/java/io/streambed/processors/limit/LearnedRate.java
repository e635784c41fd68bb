/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.limit;

import java.time.Duration;
import java.time.Instant;

/**
 * Which part of the configured quota the provider grants, learned from its throttling, by the curve
 * of CUBIC (RFC 9438): less at once when a call is throttled, back soon to about where that was,
 * slowly past it, and faster the longer nothing is throttled. Pure: time is an argument. Not safe
 * for several threads.
 */
final class LearnedRate {

  /**
   * Part that is left after a decrease. RFC 9438 has 0.7, for senders that lose nothing by a loss;
   * with this, what is throttled stays below 3 % in the minute in which a quota was halved.
   */
  private static final double DECREASE = 0.6;

  /**
   * Steepness of the curve, in parts of the quota by a second to the third: a quota that was halved
   * and is whole again is used whole after less than a minute.
   */
  private static final double STEEPNESS = 1e-5;

  /** A quota that seems smaller is no quota: then the lane's back-off is what slows it down. */
  private static final double LEAST = 0.02;

  private double atDecrease = 1;

  /** Where the curve is flat. */
  private double plateau = 1;

  private Instant decreasedAt = Instant.MIN;

  double current(Instant now) {
    if (decreasedAt.equals(Instant.MIN) || now.isBefore(decreasedAt)) {
      return atDecrease;
    }
    double seconds = Duration.between(decreasedAt, now).toNanos() / 1e9;
    double untilFlat = Math.cbrt((plateau - atDecrease) / STEEPNESS);
    return Math.min(1, plateau + STEEPNESS * Math.pow(seconds - untilFlat, 3));
  }

  /**
   * A call was throttled. Calls begun before the last decrease tell nothing new, so that a burst of
   * refusals counts once. Returns whether there is a decrease.
   */
  boolean throttled(Instant begunAt, Instant now) {
    boolean isNew = begunAt.isAfter(decreasedAt);
    if (isNew) {
      double at = current(now);
      // Throttled before it was as much as last time: there is less now (section 4.7).
      plateau = at < plateau ? at * (1 + DECREASE) / 2 : at;
      atDecrease = Math.max(LEAST, at * DECREASE);
      plateau = Math.max(plateau, atDecrease);
      decreasedAt = now;
    }
    return isNew;
  }
}
