/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import java.time.Duration;

/**
 * When a lane that fails is left alone.
 *
 * @param window calls that are looked at
 * @param failureRate percentage of them that must fail
 * @param openFor how long the lane is then left alone before it is tried again
 */
public record BreakerConfig(int window, float failureRate, Duration openFor) {

  /** The values that apply where nothing is configured. */
  public static BreakerConfig defaults() {
    return new BreakerConfig(50, 50f, Duration.ofSeconds(10));
  }
}
