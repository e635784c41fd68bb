/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.topology;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Looks whether the wall clock has stepped back since a consumer was made. Kafka's clients time
 * their heartbeats by it and cannot be given another: the member would be taken for dead, again and
 * again until the clock has caught up. Only a new client knows the new time. Owned by a stream
 * thread.
 */
final class StepBack {

  private final InstantSource wall;
  private final Duration most;
  private Instant latest;

  /**
   * @param most a step that the consumer may sit out
   */
  StepBack(InstantSource wall, Duration most) {
    this.wall = wall;
    this.most = most;
    this.latest = wall.instant();
  }

  /**
   * @throws ClockSetBackException if the clock has stepped back by more
   */
  void check() {
    Instant now = wall.instant();
    if (now.isBefore(latest.minus(most))) {
      throw new ClockSetBackException();
    }
    latest = now.isAfter(latest) ? now : latest;
  }

  /** The thread is replaced, and its clients with it. */
  static final class ClockSetBackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private ClockSetBackException() {
      super("the clock was set back; the thread's Kafka clients have to be made anew");
    }
  }
}
