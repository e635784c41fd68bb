/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import java.time.Duration;

/**
 * What is tried again, and how often.
 *
 * @param maxAttempts most attempts that may fail, throttled ones not counted
 * @param maxTime longest time from the first attempt to the last
 * @param backoff wait after the first failure; it doubles from one to the next
 * @param maxBackoff longest wait
 * @param crashLoopLimit most attempts that crashes or moves may interrupt
 */
public record RetryConfig(
    int maxAttempts, Duration maxTime, Duration backoff, Duration maxBackoff, int crashLoopLimit) {

  /** The values that apply where nothing is configured. */
  public static RetryConfig defaults() {
    return new RetryConfig(
        5, Duration.ofMinutes(10), Duration.ofMillis(200), Duration.ofSeconds(20), 10);
  }
}
