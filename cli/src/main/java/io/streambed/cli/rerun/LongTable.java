/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.rerun;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * A map of keys of 128 bits to numbers of 0 and above, in plain arrays: a million entries take some
 * 50 MB, as objects they would take three times as much. Not for use by several threads.
 */
final class LongTable {

  private static final long FREE = -1;
  private static final int FIRST_SIZE = 1 << 12;
  private static final double FULL = 0.6;
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private long[] high = new long[FIRST_SIZE];
  private long[] low = new long[FIRST_SIZE];
  private long[] values = free(FIRST_SIZE);
  private int size;

  /** Sets a key's value, in place of an earlier one. */
  void put(long keyHigh, long keyLow, long value) {
    if (value < 0) {
      throw new IllegalArgumentException("a value below 0: " + value);
    }
    if (size >= FULL * values.length) {
      grow();
    }
    int slot = slot(keyHigh, keyLow);
    if (values[slot] == FREE) {
      size++;
    }
    high[slot] = keyHigh;
    low[slot] = keyLow;
    values[slot] = value;
  }

  /** A key's value. */
  OptionalLong get(long keyHigh, long keyLow) {
    long value = values[slot(keyHigh, keyLow)];
    return value == FREE ? OptionalLong.empty() : OptionalLong.of(value);
  }

  int size() {
    return size;
  }

  private int slot(long keyHigh, long keyLow) {
    int mask = values.length - 1;
    long hash = (keyHigh * 31 + keyLow) * SPREAD;
    int slot = (int) (hash >>> 32) & mask;
    while (values[slot] != FREE && (high[slot] != keyHigh || low[slot] != keyLow)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldHigh = high;
    long[] oldLow = low;
    long[] oldValues = values;
    high = new long[oldHigh.length * 2];
    low = new long[oldLow.length * 2];
    values = free(oldValues.length * 2);
    for (int i = 0; i < oldValues.length; i++) {
      if (oldValues[i] != FREE) {
        int slot = slot(oldHigh[i], oldLow[i]);
        high[slot] = oldHigh[i];
        low[slot] = oldLow[i];
        values[slot] = oldValues[i];
      }
    }
  }

  private static long[] free(int length) {
    long[] all = new long[length];
    Arrays.fill(all, FREE);
    return all;
  }
}
