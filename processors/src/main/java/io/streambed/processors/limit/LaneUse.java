/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.limit;

import io.streambed.schemas.TokenUsage;
import java.time.Instant;

/**
 * What one instance has asked of a lane lately, as the provider counts it. Pure: time is an
 * argument. Not safe for several threads.
 */
public final class LaneUse {

  /**
   * What was counted.
   *
   * @param requests calls that began within the last minute, without those that were throttled
   * @param tokens tokens of quota that calls have taken which ended within the last minute
   * @param throttles calls that were throttled within the last minute
   * @param throttlesEver calls that were throttled since the start
   */
  public record Counts(long requests, long tokens, long throttles, long throttlesEver) {}

  private final int burndown;
  private final LastMinute requests = new LastMinute();
  private final LastMinute tokens = new LastMinute();
  private final LastMinute throttles = new LastMinute();
  private long throttlesEver;

  /**
   * @param burndown tokens of quota that a token of the answer takes; at least 1
   */
  public LaneUse(int burndown) {
    this.burndown = burndown;
  }

  /** Tokens of quota that an answer has taken; what is read from the prompt cache takes none. */
  public static long counted(TokenUsage usage, int burndown) {
    return usage.getInputTokens()
        + usage.getCacheWriteInputTokens()
        + usage.getOutputTokens() * burndown;
  }

  /** A call has begun. */
  public void begun(Instant now) {
    requests.add(1, now, now);
  }

  /** A call was answered. */
  public void answered(TokenUsage usage, Instant now) {
    tokens.add(counted(usage, burndown), now, now);
  }

  /** A call was throttled: the provider does not count it. */
  public void throttled(Instant begunAt, Instant now) {
    requests.add(-1, begunAt, now);
    throttles.add(1, now, now);
    throttlesEver++;
  }

  /** What has been counted by now. */
  public Counts counts(Instant now) {
    return new Counts(requests.sum(now), tokens.sum(now), throttles.sum(now), throttlesEver);
  }
}
