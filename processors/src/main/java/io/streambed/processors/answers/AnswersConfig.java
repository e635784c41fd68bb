/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.answers;

import java.time.Duration;

/**
 * How long answers and settlements are kept.
 *
 * @param ttl how long an answer may serve other requests
 * @param maxBytes most bytes of answers in one partition; the oldest go first, a page at a time
 * @param settledWindow how long a repeated request is given its stored settlement
 * @param expirySlice entries that are forgotten at one go, and what is left of the last page of up
 *     to 100
 */
public record AnswersConfig(Duration ttl, long maxBytes, Duration settledWindow, int expirySlice) {

  /** A day, 1 GiB a partition. */
  public static AnswersConfig defaults() {
    return new AnswersConfig(Duration.ofHours(24), 1L << 30, Duration.ofHours(24), 200);
  }
}
