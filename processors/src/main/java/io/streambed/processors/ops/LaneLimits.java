/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.ops;

import org.jspecify.annotations.Nullable;

/**
 * One lane as one instance sees it. The names of the components are those of the JSON.
 *
 * @param lane its name
 * @param condition {@code running}, {@code throttled}, {@code broken} or {@code stopped}
 * @param breaker {@code closed}, {@code open} or {@code half_open}
 * @param until when a throttled lane goes on, or a stopped one is tried next, in ISO 8601
 * @param reason why it is stopped, and what to do
 * @param quota what all instances may use together
 * @param granted the part of this instance's share that the provider seems to grant, as learned
 *     from throttling, above 0 and at most 1
 * @param setAside tokens that the provider keeps for open calls, at the most that they can take
 * @param used what was used lately
 * @param open calls that are open
 * @param limit calls that may be open at a time, as learned from throttling
 * @param concurrency the most that {@code limit} can be
 * @param ready committed attempts that wait for a permit
 * @param waiting work that waits for its turn before that: prompts, and groups of texts that share
 *     a call
 */
public record LaneLimits(
    String lane,
    String condition,
    String breaker,
    @Nullable String until,
    @Nullable String reason,
    Quota quota,
    double granted,
    long setAside,
    Used used,
    int open,
    int limit,
    int concurrency,
    int ready,
    int waiting) {

  /** What is allowed; null where nothing is said. */
  public record Quota(
      @Nullable Long requestsPerMinute,
      @Nullable Long tokensPerMinute,
      @Nullable Long tokensPerDay) {}

  /**
   * What was used, as the provider counts it.
   *
   * @param requests calls that began within the last minute, without those that were throttled
   * @param tokens tokens of quota that calls have taken which ended within the last minute
   * @param throttles calls that were throttled within the last minute
   * @param throttlesEver calls that were throttled since the instance started
   */
  public record Used(long requests, long tokens, long throttles, long throttlesEver) {}
}
