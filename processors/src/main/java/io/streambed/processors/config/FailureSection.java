/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import io.streambed.processors.invocation.BreakerConfig;
import io.streambed.processors.invocation.RetryConfig;
import java.time.Duration;

/** What happens when calls fail. */
final class FailureSection {

  static final Keys KEYS = new Keys("Failing calls");

  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final RetryConfig RETRY = RetryConfig.defaults();
  private static final BreakerConfig BREAKER = BreakerConfig.defaults();
  private static final Key<Integer> ATTEMPTS =
      KEYS.count(
          "retry.max.attempts",
          RETRY.maxAttempts(),
          1,
          100,
          MEDIUM,
          "Most attempts that may fail, the first included. Throttled ones and those that a crash interrupted do not count.");
  private static final Key<Duration> MAX_TIME =
      KEYS.millis(
          "retry.max.time.ms",
          RETRY.maxTime().toMillis(),
          0,
          DAY,
          MEDIUM,
          "Longest time from the first attempt to the last.");
  private static final Key<Duration> BACKOFF =
      KEYS.millis(
          "retry.backoff.ms",
          RETRY.backoff().toMillis(),
          1,
          3_600_000,
          LOW,
          "Wait after the first failure; it doubles from one to the next, and is jittered.");
  private static final Key<Duration> MAX_BACKOFF =
      KEYS.millis(
          "retry.backoff.max.ms",
          RETRY.maxBackoff().toMillis(),
          1,
          3_600_000,
          LOW,
          "Longest such wait.");
  private static final Key<Integer> CRASH_LOOP =
      KEYS.count(
          "crash.loop.limit",
          RETRY.crashLoopLimit(),
          1,
          1_000,
          LOW,
          "Most attempts of a request that crashes or moves may interrupt before it becomes a dead letter.");
  private static final Key<Integer> WINDOW =
      KEYS.count(
          "breaker.window", BREAKER.window(), 1, 10_000, LOW, "A lane's last calls that count.");
  private static final Key<Float> RATE =
      KEYS.percentage(
          "breaker.failure.rate.percent",
          BREAKER.failureRate(),
          LOW,
          "How many percent of them must fail for the lane to be left alone.");
  private static final Key<Duration> OPEN =
      KEYS.millis(
          "breaker.open.ms",
          BREAKER.openFor().toMillis(),
          1,
          3_600_000,
          LOW,
          "How long it is then left alone before it is tried again.");

  private FailureSection() {}

  static RetryConfig retry(Values values, Problems problems) {
    problems.require(
        values.get(BACKOFF).compareTo(values.get(MAX_BACKOFF)) <= 0,
        BACKOFF,
        "the first wait is longer than the longest",
        "Set it to retry.backoff.max.ms at most",
        MAX_BACKOFF);
    return new RetryConfig(
        values.get(ATTEMPTS),
        values.get(MAX_TIME),
        values.get(BACKOFF),
        values.get(MAX_BACKOFF),
        values.get(CRASH_LOOP));
  }

  static BreakerConfig breaker(Values values) {
    return new BreakerConfig(values.get(WINDOW), values.get(RATE), values.get(OPEN));
  }
}
