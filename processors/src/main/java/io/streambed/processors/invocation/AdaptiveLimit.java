/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import java.time.Instant;

/**
 * How many calls of a lane may be open: additive increase, multiplicative decrease (Chiu and Jain,
 * "Analysis of the Increase and Decrease Algorithms for Congestion Avoidance in Computer Networks",
 * 1989). Not safe for use by several threads.
 */
final class AdaptiveLimit {

  /** Share that is left after a decrease. */
  private static final double DECREASE = 0.7;

  private final int most;
  private double limit;
  private Instant decreasedAt = Instant.MIN;

  AdaptiveLimit(int most) {
    this.most = most;
    this.limit = most;
  }

  /** Calls that may be open; at least 1. */
  int current() {
    return (int) limit;
  }

  /** A call has ended well: one more call for each limit's worth of such. */
  void succeeded() {
    limit = Math.min(most, limit + 1 / limit);
  }

  /**
   * A call was throttled. Calls begun before the last decrease tell nothing new, so that a burst of
   * refusals counts once.
   */
  void throttled(Instant begunAt, Instant now) {
    if (begunAt.isAfter(decreasedAt)) {
      limit = Math.max(1, limit * DECREASE);
      decreasedAt = now;
    }
  }
}
