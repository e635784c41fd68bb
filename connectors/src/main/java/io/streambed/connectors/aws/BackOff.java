/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.aws;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a request is tried again: a random time below a bound that doubles ("full
 * jitter", AWS Architecture Blog, "Exponential Backoff And Jitter", 2015).
 *
 * @param first bound after the first failure
 * @param longest no bound is longer
 */
public record BackOff(Duration first, Duration longest) {

  private static final int MOST_DOUBLINGS = 20;

  /** For limits that are told by the second. */
  public static final BackOff USUAL = new BackOff(Duration.ofMillis(250), Duration.ofSeconds(10));

  /**
   * The pause after so many failures in a row.
   *
   * @param failures 1 or more
   */
  public Duration after(int failures, RandomGenerator random) {
    long bound = first.toNanos() << Math.min(Math.max(failures, 1) - 1, MOST_DOUBLINGS);
    long capped = Math.min(bound, longest.toNanos());
    return Duration.ofNanos(random.nextLong(capped / 2, capped + 1));
  }
}
