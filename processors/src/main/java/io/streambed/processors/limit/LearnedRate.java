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
 * Which part of the configured quota the provider grants, learned from its throttling: additive
 * increase, multiplicative decrease (Chiu and Jain, "Analysis of the Increase and Decrease
 * Algorithms for Congestion Avoidance in Computer Networks", 1989). Pure: time is an argument. Not
 * safe for several threads.
 */
final class LearnedRate {

  /** Part that is left after a decrease. */
  private static final double DECREASE = 0.85;

  /** Growth in a second: from half of the quota to all of it in a minute. */
  private static final double INCREASE = 0.008;

  /** A quota that seems smaller is no quota: then the lane's back-off is what slows it down. */
  private static final double LEAST = 0.02;

  private double atDecrease = 1;
  private Instant decreasedAt = Instant.MIN;

  double current(Instant now) {
    if (decreasedAt.equals(Instant.MIN) || now.isBefore(decreasedAt)) {
      return atDecrease;
    }
    double seconds = Duration.between(decreasedAt, now).toNanos() / 1e9;
    return Math.min(1, atDecrease + seconds * INCREASE);
  }

  /**
   * A call was throttled. Calls begun before the last decrease tell nothing new, so that a burst of
   * refusals counts once.
   */
  void throttled(Instant begunAt, Instant now) {
    if (begunAt.isAfter(decreasedAt)) {
      atDecrease = Math.max(LEAST, current(now) * DECREASE);
      decreasedAt = now;
    }
  }
}
