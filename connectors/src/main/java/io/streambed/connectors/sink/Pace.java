/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import io.streambed.connectors.aws.BackOff;
import java.util.random.RandomGenerator;

/**
 * How many requests to a stream may be under way, and when the next. Of the task's thread; decides
 * only.
 *
 * <p>After an answer that refused something there is a pause, and half as many requests may be
 * under way; after one that did not there may be one more. The pause grows while nothing at all
 * gets through. Answers to requests from before the last pause tell nothing new.
 */
final class Pace {

  private final int most;
  private final BackOff backOff;
  private final RandomGenerator random;
  private int window;
  private int failures;
  private long slowedAt;
  private long notBefore;

  Pace(int most, BackOff backOff, RandomGenerator random) {
    this.most = most;
    this.backOff = backOff;
    this.random = random;
    this.window = most;
  }

  /**
   * Nanoseconds until one more request may go; the largest value if an answer must come first.
   *
   * @param underWay requests without an answer
   * @param now as {@link System#nanoTime()}
   */
  long permitIn(int underWay, long now) {
    if (underWay >= window) {
      return Long.MAX_VALUE;
    }
    return failures == 0 ? 0 : Math.max(0, notBefore - now);
  }

  /** All of a request was taken that was sent then. */
  void taken(long sent) {
    if (isNews(sent)) {
      failures = 0;
      window = Math.min(most, window + 1);
    }
  }

  /**
   * Something of a request was refused for now.
   *
   * @param sent when the request was sent
   * @param partly whether some of it was taken
   */
  void refused(long sent, boolean partly, long now) {
    if (isNews(sent)) {
      failures = partly ? 1 : failures + 1;
      window = Math.max(1, window / 2);
      slowedAt = now;
      notBefore = now + backOff.after(failures, random).toNanos();
    }
  }

  private boolean isNews(long sent) {
    return failures == 0 || sent - slowedAt >= 0;
  }
}
