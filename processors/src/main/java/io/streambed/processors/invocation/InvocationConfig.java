/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import java.time.Duration;

/**
 * How work in flight is bounded, retried and ended.
 *
 * @param eager start a call before the transaction that checkpoints its attempt has committed: a
 *     commit less of latency, and a crash may then leave a call that no store knows
 * @param lookAhead attempts of a lane that may be intended beyond its permits, so that a finishing
 *     call starts the next at once; no more than permits or four, and at least a tenth of them
 * @param maxJobs most jobs in memory in the process
 * @param maxBytes most bytes of their content
 * @param retry what is tried again, and how often
 * @param breaker when a lane that fails is left alone
 * @param batchMaxWait longest wait of a text for others to share its call
 * @param batchMaxBytes most bytes of text in one call
 * @param heldReadInterval how often jobs that are held are looked at again
 * @param heldReadMax most jobs that are held again in one interval
 * @param stoppedLaneRetry how often a stopped lane is tried
 * @param commitGap least time from a commit to the next that is asked for
 * @param drainTimeout how long an orderly stop waits for open calls
 */
public record InvocationConfig(
    boolean eager,
    int lookAhead,
    int maxJobs,
    long maxBytes,
    RetryConfig retry,
    BreakerConfig breaker,
    Duration batchMaxWait,
    int batchMaxBytes,
    Duration heldReadInterval,
    int heldReadMax,
    Duration stoppedLaneRetry,
    Duration commitGap,
    Duration drainTimeout) {

  /** The values that apply where nothing is configured. */
  public static InvocationConfig defaults() {
    return new InvocationConfig(
        false,
        32,
        20_000,
        256L << 20,
        RetryConfig.defaults(),
        BreakerConfig.defaults(),
        Duration.ofMillis(50),
        1 << 20,
        Duration.ofSeconds(5),
        200,
        Duration.ofSeconds(30),
        Duration.ofMillis(10),
        Duration.ofSeconds(60));
  }
}
