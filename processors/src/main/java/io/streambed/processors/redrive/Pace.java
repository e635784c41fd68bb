/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.redrive;

import java.time.Duration;
import java.time.Instant;

/**
 * How many requests may go at a time, so that no more than a rate go in any stretch of time, but
 * for one slice. Pure: it is asked with the time, and gives itself as it is afterwards.
 *
 * @param perSecond requests a second; above 0
 * @param free when the next request may go
 */
public record Pace(double perSecond, Instant free) {

  /** What would go in this time goes at once. */
  private static final Duration SLICE = Duration.ofMillis(500);

  public Pace {
    if (perSecond <= 0) {
      throw new IllegalArgumentException("rate: must be above 0, is " + perSecond);
    }
  }

  /** Most requests of a slice; at least one. */
  public int slice() {
    return (int) Math.max(1, Math.min(10_000, perSecond * SLICE.toMillis() / 1000));
  }

  /** How long to wait before the next slice may go; zero for not at all. */
  public Duration wait(Instant now) {
    return free.isAfter(now) ? Duration.between(now, free) : Duration.ZERO;
  }

  /** After some requests have gone. What was not used before is lost. */
  public Pace after(int requests, Instant now) {
    Instant from = free.isAfter(now) ? free : now;
    return new Pace(perSecond, from.plusNanos((long) (requests * 1e9 / perSecond)));
  }
}
