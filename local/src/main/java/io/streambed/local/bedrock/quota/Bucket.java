/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.quota;

/**
 * Holds what a minute allows and fills up evenly. It can be in debt, for tokens are counted in full
 * only when an answer is there. Not safe for several threads.
 */
final class Bucket {
  private static final double NANOS_A_MINUTE = 60e9;

  private final long perMinute;
  private double level;
  private long filledAt;

  Bucket(long perMinute, long nowNanos) {
    this.perMinute = perMinute;
    this.level = perMinute;
    this.filledAt = nowNanos;
  }

  boolean has(long amount, long nowNanos) {
    fill(nowNanos);
    return level >= amount;
  }

  /** Takes what it may not have; a negative amount is given back. */
  void take(long amount, long nowNanos) {
    fill(nowNanos);
    level = Math.min((double) perMinute, level - amount);
  }

  private void fill(long nowNanos) {
    double minutes = (nowNanos - filledAt) / NANOS_A_MINUTE;
    level = Math.min((double) perMinute, level + perMinute * minutes);
    filledAt = nowNanos;
  }
}
