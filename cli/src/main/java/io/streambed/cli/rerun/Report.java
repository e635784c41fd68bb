/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.rerun;

import io.streambed.schemas.ReplayProgress;
import java.time.Duration;
import java.util.Optional;

/**
 * How far a run has come, for people.
 *
 * @param progress as it was last written
 * @param offsets of all its ranges
 * @param done offsets that are behind it
 * @param settled requests of it that are settled
 * @param open requests of it that are asked and not settled
 * @param spentPicoDollars what the settled ones cost
 * @param left time until its end, as far as that can be told
 */
public record Report(
    ReplayProgress progress,
    long offsets,
    long done,
    long settled,
    long open,
    long spentPicoDollars,
    Optional<Duration> left) {

  /**
   * The time that is left if it goes on as it went in a span of time.
   *
   * @param done offsets done in the span
   * @param left offsets that are left
   */
  static Optional<Duration> left(Duration span, long done, long left) {
    if (left == 0) {
      return Optional.of(Duration.ZERO);
    }
    return done <= 0 || span.isZero()
        ? Optional.empty()
        : Optional.of(Duration.ofMillis((long) ((double) span.toMillis() / done * left)));
  }
}
