/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import io.streambed.processors.topology.OrderlyEnd;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How long this instance has heard nothing of Kafka: cut off from it, or halted with its machine.
 * After too long its standby stores are of no use, for the same reason as those of a run that ended
 * long ago ({@link OrderlyEnd}), and it must end before one of them becomes a task's own. Without
 * standbys it need not: Kafka Streams itself throws the stores of tasks away that it has lost. Safe
 * for use by many threads.
 */
final class Contact {

  private final boolean standbys;
  private final InstantSource clock;
  private final Runnable lost;
  private Instant last;
  private boolean isLost;

  /**
   * @param standbys whether there are stores that would be used
   * @param lost called once, when contact was lost for too long
   */
  Contact(boolean standbys, InstantSource clock, Runnable lost) {
    this.standbys = standbys;
    this.clock = clock;
    this.lost = lost;
    this.last = clock.instant();
  }

  /** Kafka has answered; false where that was too long in coming. */
  synchronized boolean made() {
    boolean inTime = check();
    last = clock.instant();
    return inTime;
  }

  /** Whether this instance may take work up; asked whenever work moves. */
  synchronized boolean check() {
    if (!isLost && standbys && last.plus(OrderlyEnd.USABLE).isBefore(clock.instant())) {
      isLost = true;
      lost.run();
    }
    return !isLost;
  }
}
