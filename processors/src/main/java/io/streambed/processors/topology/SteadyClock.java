/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.topology;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The wall clock without its steps back. A step ahead is followed at once. After a step back this
 * clock goes on at half speed until the wall clock has caught up, which takes twice the step: no
 * wait lasts more than twice its time, and no time comes again. Safe for use by many threads.
 */
public final class SteadyClock implements InstantSource {

  /** Which part of the time this clock goes on by at the least. */
  private static final int SLOWEST = 2;

  private final InstantSource wall;
  private final LongSupplier nanoTime;
  private Instant last;
  private long lastNanos;

  /** The clock of this machine. */
  public SteadyClock() {
    this(InstantSource.system(), System::nanoTime);
  }

  /**
   * @param nanoTime nanoseconds from any origin, which do not step
   */
  SteadyClock(InstantSource wall, LongSupplier nanoTime) {
    this.wall = wall;
    this.nanoTime = nanoTime;
    this.last = wall.instant();
    this.lastNanos = nanoTime.getAsLong();
  }

  @Override
  public synchronized Instant instant() {
    Instant now = wall.instant();
    long nanos = nanoTime.getAsLong();
    Instant least = last.plusNanos((nanos - lastNanos) / SLOWEST);
    last = now.isAfter(least) ? now : least;
    lastNanos = nanos;
    return last;
  }
}
