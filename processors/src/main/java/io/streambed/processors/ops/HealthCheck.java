/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.ops;

import io.streambed.processors.ops.HealthStatus.Down;
import io.streambed.processors.ops.HealthStatus.Up;
import java.time.Clock;
import java.time.Instant;

/** One part's own word on whether it works. Safe for use by many threads. */
public final class HealthCheck {

  /** What a check said last, and since when. */
  record Word(HealthStatus status, Instant since) {}

  private final String name;
  private final Clock clock;
  private volatile Word word;

  HealthCheck(String name, HealthStatus first, Clock clock) {
    this.name = name;
    this.clock = clock;
    this.word = new Word(first, clock.instant());
  }

  /** The part works. */
  public void up() {
    report(new Up());
  }

  /** The part does not work; see {@link Down#reason()} for what may be said. */
  public void down(String reason) {
    report(new Down(reason));
  }

  /** The same status again does not change since when it is so. */
  public synchronized void report(HealthStatus status) {
    if (!status.equals(word.status())) {
      word = new Word(status, clock.instant());
    }
  }

  String name() {
    return name;
  }

  Word word() {
    return word;
  }
}
