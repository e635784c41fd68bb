/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import java.time.Duration;

/**
 * The shortest of the latest answered calls of a lane: of the current stretch of them and of the
 * one before. Not safe for several threads.
 */
final class LeastDuration {

  /** Calls of a stretch: the shortest of as many is about what can be had at the best. */
  private static final int STRETCH = 50;

  private Duration before = Duration.ZERO;
  private Duration current = Duration.ZERO;
  private int seen;

  void add(Duration duration) {
    current = seen == 0 || duration.compareTo(current) < 0 ? duration : current;
    seen++;
    if (seen == STRETCH) {
      before = current;
      seen = 0;
    }
  }

  /** Zero until a stretch is over. */
  Duration current() {
    return seen > 0 && current.compareTo(before) < 0 ? current : before;
  }
}
