/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.limit;

import java.time.Instant;
import java.util.Arrays;

/**
 * A sum over the last minute, kept by the second: so it may lack what the oldest of its seconds
 * had. Pure: time is an argument. Not safe for several threads.
 */
final class LastMinute {

  private static final int SECONDS = 60;

  private final long[] sums = new long[SECONDS];
  private long newest = Long.MIN_VALUE;

  /** Adds to the second in which something was; what is older than a minute is left out. */
  void add(long amount, Instant at, Instant now) {
    turn(now);
    long second = newest - Math.max(0, now.getEpochSecond() - at.getEpochSecond());
    if (second > newest - SECONDS) {
      sums[slot(second)] += amount;
    }
  }

  long sum(Instant now) {
    turn(now);
    return Math.max(0, Arrays.stream(sums).sum());
  }

  /** While a clock that was set back catches up, all is added to the newest second. */
  private void turn(Instant now) {
    long second = now.getEpochSecond();
    if (newest == Long.MIN_VALUE || second - newest >= SECONDS) {
      Arrays.fill(sums, 0);
      newest = second;
    }
    while (newest < second) {
      newest++;
      sums[slot(newest)] = 0;
    }
  }

  private static int slot(long second) {
    return Math.floorMod(second, SECONDS);
  }
}
