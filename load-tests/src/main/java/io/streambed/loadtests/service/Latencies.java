/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.service;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts latencies in steps of a tenth of a millisecond up to 200 s. Safe for use by many threads.
 */
final class Latencies {
  private static final int STEPS_A_MILLI = 10;
  private static final int STEPS = 200_000 * STEPS_A_MILLI;

  private final AtomicLongArray counts = new AtomicLongArray(STEPS);
  private final AtomicLong failed = new AtomicLong();

  void note(long nanos, boolean answered) {
    if (answered) {
      long step = TimeUnit.NANOSECONDS.toMicros(nanos) / (1000 / STEPS_A_MILLI);
      counts.incrementAndGet((int) Math.min(STEPS - 1, step));
    } else {
      failed.incrementAndGet();
    }
  }

  /** What was noted since this was called last. */
  CallCounts read() {
    long[] taken = new long[STEPS];
    long calls = 0;
    for (int step = 0; step < STEPS; step++) {
      taken[step] = counts.getAndSet(step, 0);
      calls += taken[step];
    }
    return new CallCounts(
        calls,
        failed.getAndSet(0),
        percentile(taken, calls, 0.5),
        percentile(taken, calls, 0.9),
        percentile(taken, calls, 0.99));
  }

  private static double percentile(long[] taken, long calls, double share) {
    long wanted = (long) Math.ceil(calls * share);
    long seen = 0;
    for (int step = 0; step < STEPS; step++) {
      seen += taken[step];
      if (seen >= wanted && seen > 0) {
        return (double) step / STEPS_A_MILLI;
      }
    }
    return 0;
  }
}
