/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.limit;

import java.time.Duration;
import java.time.Instant;

/**
 * What one instance may use of a quota: its share of the whole, refilled evenly. It holds what
 * flows in during a short burst and no more, so that hardly more than a minute's quota is used in
 * any minute; what is given back is not lost by that. It begins empty, and so does a share that is
 * added later: whoever had it before may have used it just now.
 *
 * <p>An amount that is larger than the pool waits until the pool is full, and borrows the rest. So
 * all instances together use, over any time, at most the quota of that time, and for each instance
 * a burst and the largest amount. Pure: time is an argument. Not safe for several threads.
 */
final class Pool {

  /** A sixtieth of a minute: so much more than a minute's quota may be used in a minute. */
  static final Duration BURST = Duration.ofSeconds(1);

  private final double perSecond;
  private double share;
  private double factor = 1;
  private double level;
  private Instant filledAt;

  /**
   * @param quota of all instances together
   * @param span the time that it is for
   */
  Pool(long quota, Duration span, Instant now) {
    this.perSecond = quota / (span.toMillis() / 1_000.0);
    this.filledAt = now;
  }

  /** The part of the quota that is this instance's from now on, 0 to 1. */
  void share(double next, Instant now) {
    fill(now);
    if (next < share && level > 0) {
      level *= next / share;
    }
    share = next;
  }

  /** The part of the quota that the provider seems to grant just now, above 0 and at most 1. */
  void factor(double next, Instant now) {
    fill(now);
    factor = next;
  }

  /** Whether an amount can be taken: it is there, or it is larger than the pool, which is full. */
  boolean has(double amount, Instant now) {
    fill(now);
    return share > 0 && level >= Math.min(amount, capacity());
  }

  /** Takes an amount that {@link #has} has allowed, or what was used beyond what was taken. */
  void take(double amount) {
    level -= amount;
  }

  /** Gives back what was not used. */
  void giveBack(double amount) {
    level += amount;
  }

  /** What is in it is gone: the provider has none to give. */
  void drain() {
    level = Math.min(level, 0);
  }

  /** Nothing has flowed in until now. */
  void skip(Instant now) {
    filledAt = now;
  }

  private void fill(Instant now) {
    // A clock that was set back gives nothing and takes nothing.
    double seconds = Math.max(0, Duration.between(filledAt, now).toNanos() / 1e9);
    filledAt = now;
    if (level < capacity()) {
      level = Math.min(capacity(), level + seconds * rate());
    }
  }

  private double capacity() {
    return rate() * BURST.toSeconds();
  }

  private double rate() {
    return perSecond * share * factor;
  }
}
