/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.wire;

/**
 * Tokens of one call, counted as Bedrock counts them.
 *
 * @param input tokens read from the request, without those of the cache
 * @param output tokens written
 * @param cacheRead tokens read from the prompt cache
 * @param cacheWrite tokens written to the prompt cache
 * @param cacheWriteHour those of them that were written for an hour
 */
public record Usage(long input, long output, long cacheRead, long cacheWrite, long cacheWriteHour) {
  /** Nothing was used. */
  public static final Usage NONE = new Usage(0, 0, 0, 0, 0);

  /** Usage without a prompt cache. */
  public static Usage of(long input, long output) {
    return new Usage(input, output, 0, 0, 0);
  }

  /** All tokens together. */
  public long total() {
    return input + output + cacheRead + cacheWrite;
  }

  /** The sum of both. */
  public Usage plus(Usage other) {
    return new Usage(
        input + other.input,
        output + other.output,
        cacheRead + other.cacheRead,
        cacheWrite + other.cacheWrite,
        cacheWriteHour + other.cacheWriteHour);
  }
}
