/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import io.streambed.processors.invocation.InvocationConfig;
import java.time.Duration;

/** What is in flight. */
final class InvocationSection {

  static final Keys KEYS = new Keys("Calls");

  private static final InvocationConfig DEFAULTS = InvocationConfig.defaults();
  static final Key<Boolean> EAGER =
      KEYS.flag(
          "invocation.eager",
          DEFAULTS.eager(),
          LOW,
          "Whether a call starts before the transaction that records its attempt has committed. It saves about 10 ms; after a crash there may then be a paid call that nobody knows of.");
  private static final Key<Integer> LOOK_AHEAD =
      KEYS.count(
          "invocation.look.ahead",
          DEFAULTS.lookAhead(),
          0,
          10_000,
          LOW,
          "Attempts of a lane that may be recorded beyond its concurrency, so that a finishing call starts the next at once; no more than the concurrency or four, and at least a tenth of it.");
  private static final Key<Integer> MAX_JOBS =
      KEYS.count(
          "invocation.max.jobs",
          DEFAULTS.maxJobs(),
          1,
          1_000_000,
          MEDIUM,
          "Most jobs in memory in the process; beyond, the backlog stays in Kafka.");
  private static final Key<Long> MAX_BYTES =
      KEYS.bytes(
          "invocation.max.bytes",
          DEFAULTS.maxBytes(),
          1L << 20,
          1L << 40,
          MEDIUM,
          "Most bytes of their content.");
  private static final Key<Duration> BATCH_WAIT =
      KEYS.millis(
          "batch.max.wait.ms",
          DEFAULTS.batchMaxWait().toMillis(),
          0,
          60_000,
          MEDIUM,
          "Longest wait of a text for others to share its call.");
  private static final Key<Integer> BATCH_BYTES =
      KEYS.count(
          "batch.max.bytes",
          DEFAULTS.batchMaxBytes(),
          1_024,
          20_000_000,
          LOW,
          "Most bytes of text in one call.");
  private static final Key<Duration> HELD_INTERVAL =
      KEYS.millis(
          "held.read.interval.ms",
          DEFAULTS.heldReadInterval().toMillis(),
          100,
          3_600_000,
          LOW,
          "How often jobs that are held, because their lane is stopped or full, are looked at again.");
  private static final Key<Integer> HELD_MAX =
      KEYS.count(
          "held.read.max",
          DEFAULTS.heldReadMax(),
          1,
          100_000,
          LOW,
          "Most jobs that are held again in one such interval.");
  private static final Key<Duration> STOPPED =
      KEYS.millis(
          "stopped.lane.retry.ms",
          DEFAULTS.stoppedLaneRetry().toMillis(),
          100,
          3_600_000,
          MEDIUM,
          "How often a lane is tried again that was stopped because access was denied or the model is unknown.");
  private static final Key<Duration> COMMIT_GAP =
      KEYS.millis(
          "commit.gap.ms",
          DEFAULTS.commitGap().toMillis(),
          0,
          10_000,
          LOW,
          "Least time from the end of a thread's commit to the next that work asks for; up to three times that while commits take long or all lanes are full. More saves CPU and costs latency.");
  private static final Key<Duration> DRAIN =
      KEYS.millis(
          "drain.timeout.ms",
          DEFAULTS.drainTimeout().toMillis(),
          0,
          3_600_000,
          MEDIUM,
          "How long an orderly stop waits for open calls. Those still open then are made again, and may be paid twice.");

  private InvocationSection() {}

  static InvocationConfig read(Values values, Problems problems) {
    return new InvocationConfig(
        values.get(EAGER),
        values.get(LOOK_AHEAD),
        values.get(MAX_JOBS),
        values.get(MAX_BYTES),
        FailureSection.retry(values, problems),
        FailureSection.breaker(values),
        values.get(BATCH_WAIT),
        values.get(BATCH_BYTES),
        values.get(HELD_INTERVAL),
        values.get(HELD_MAX),
        values.get(STOPPED),
        values.get(COMMIT_GAP),
        values.get(DRAIN));
  }
}
