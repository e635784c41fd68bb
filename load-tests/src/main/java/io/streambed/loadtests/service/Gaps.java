/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.service;

import java.util.Random;

/** When the requests of a batch are due: evenly, or with gaps as of a Poisson process. */
final class Gaps {
  private final Batch batch;
  private final Random random;
  private double seconds;

  Gaps(Batch batch) {
    this.batch = batch;
    this.random = new Random(batch.first());
  }

  /** When the next is due, in nanoseconds after the begin. */
  long next() {
    long due = (long) (seconds * 1e9);
    if (batch.pace().perSecond() > 0) {
      double gap = batch.pace().bursts() ? -Math.log(1 - random.nextDouble()) : 1;
      seconds += gap / batch.pace().perSecond();
    }
    return due;
  }
}
