/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.limit;

import io.streambed.schemas.TokenUsage;

/**
 * What a call is expected to take of a quota, learned from what answers tell: exponentially
 * weighted means. Not safe for several threads.
 */
final class Expectation {

  /** English has about four bytes a token; before anything is known, a third more. */
  private static final double FIRST_RATIO = 1 / 3.0;

  /** Weight of the latest answer. */
  private static final double WEIGHT = 0.05;

  private double tokensOfByte = FIRST_RATIO;

  /** Below 0 before any answer. */
  private double output = -1;

  long input(long bytes) {
    return (long) Math.ceil(bytes * tokensOfByte);
  }

  /** Before anything is known, the longest answer: the provider reserves it, too. */
  double output(int maxTokens) {
    return output < 0 ? maxTokens : Math.min(maxTokens, output);
  }

  void learn(long bytes, TokenUsage usage) {
    long read =
        usage.getInputTokens() + usage.getCacheReadInputTokens() + usage.getCacheWriteInputTokens();
    if (bytes > 0 && read > 0) {
      tokensOfByte += WEIGHT * ((double) read / bytes - tokensOfByte);
    }
    double written = usage.getOutputTokens();
    output = output < 0 ? written : output + WEIGHT * (written - output);
  }
}
