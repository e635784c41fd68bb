/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

import java.time.Duration;

/**
 * How requests wait for their schema.
 *
 * @param retryAfter first wait before the registry is asked again for a schema
 * @param retryAtMost longest such wait
 * @param lookEvery how often requests that wait are looked at
 * @param decideAtMost most of them decided on in one go, so that other work is not held up
 */
public record WaitingConfig(
    Duration retryAfter, Duration retryAtMost, Duration lookEvery, int decideAtMost) {

  public WaitingConfig {
    if (!retryAfter.isPositive()
        || !lookEvery.isPositive()
        || retryAtMost.compareTo(retryAfter) < 0
        || decideAtMost < 1) {
      throw new IllegalArgumentException("a wait for schemas is not positive, or out of order");
    }
  }

  /** What applies. */
  public static WaitingConfig defaults() {
    return new WaitingConfig(
        Duration.ofMillis(250), Duration.ofSeconds(30), Duration.ofMillis(100), 100);
  }
}
