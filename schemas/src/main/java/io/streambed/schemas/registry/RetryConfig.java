/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.registry;

import java.time.Duration;

/**
 * How long the client goes on asking.
 *
 * @param retries rounds after the first; one round asks every URL once
 * @param firstBackOff about the pause before the first retry; it doubles from one to the next
 * @param longestBackOff no pause is longer
 */
public record RetryConfig(int retries, Duration firstBackOff, Duration longestBackOff) {

  /** Six rounds in about three seconds. */
  public static final RetryConfig DEFAULT =
      new RetryConfig(5, Duration.ofMillis(100), Duration.ofSeconds(2));

  public RetryConfig {
    if (retries < 0) {
      throw new IllegalArgumentException("retries must not be negative, it is " + retries);
    }
    if (firstBackOff.isNegative() || longestBackOff.compareTo(firstBackOff) < 0) {
      throw new IllegalArgumentException(
          "longestBackOff " + longestBackOff + " must not be shorter than " + firstBackOff);
    }
  }

  /**
   * The pause before a retry: between half of its full length and the whole, so that many clients
   * do not come back at once.
   *
   * @param retry 1 for the first
   * @param random between 0 and 1
   */
  Duration backOff(int retry, double random) {
    double full =
        Math.min(
            (double) longestBackOff.toMillis(),
            firstBackOff.toMillis() * Math.pow(2, Math.max(0, retry - 1)));
    return Duration.ofMillis(Math.round(full * (0.5 + random / 2)));
  }
}
