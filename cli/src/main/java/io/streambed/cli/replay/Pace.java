/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.replay;

import java.time.Duration;
import java.time.Instant;

/**
 * How fast requests on one lane may follow each other, as calls and as tokens. A second's worth may
 * come at once. Not for use by several threads.
 */
final class Pace {

  private static final double NANOS = 1e9;
  private static final Duration BURST = Duration.ofSeconds(1);

  private final double callsPerSecond;
  private final double tokensPerSecond;
  private Instant freeForCalls = Instant.EPOCH;
  private Instant freeForTokens = Instant.EPOCH;

  /**
   * @param callsPerSecond infinite for no limit
   * @param tokensPerSecond the same
   */
  Pace(double callsPerSecond, double tokensPerSecond) {
    this.callsPerSecond = callsPerSecond;
    this.tokensPerSecond = tokensPerSecond;
  }

  /** Whether the next may go. */
  boolean allows(Instant now) {
    return !freeForCalls.minus(BURST).isAfter(now) && !freeForTokens.minus(BURST).isAfter(now);
  }

  /**
   * Something has gone.
   *
   * @param calls how many calls it is, such as half of one where every second goes here
   * @param tokens how many it is expected to take
   */
  void took(Instant now, double calls, double tokens) {
    freeForCalls = later(freeForCalls, now).plus(time(calls, callsPerSecond));
    freeForTokens = later(freeForTokens, now).plus(time(tokens, tokensPerSecond));
  }

  private static Instant later(Instant free, Instant now) {
    return free.isAfter(now) ? free : now;
  }

  private static Duration time(double count, double perSecond) {
    return Duration.ofNanos((long) (NANOS * count / perSecond));
  }
}
