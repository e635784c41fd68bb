/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.replay;

import java.time.Duration;
import java.util.Optional;

/** How long a run will take. */
public final class TimeLeft {
  private TimeLeft() {}

  /**
   * The time that is left if it goes on as it went in a span of time.
   *
   * @param done offsets done in the span
   * @param left offsets that are left
   */
  public static Optional<Duration> of(Duration span, long done, long left) {
    if (left == 0) {
      return Optional.of(Duration.ZERO);
    }
    return done <= 0 || span.isZero()
        ? Optional.empty()
        : Optional.of(Duration.ofMillis((long) ((double) span.toMillis() / done * left)));
  }
}
