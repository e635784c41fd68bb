/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.service;

import java.util.ArrayList;
import java.util.List;

/** Records of one shard, in memory, in their order. Safe for use by many threads. */
final class KinesisShard {
  /** Sequence numbers grow, and have as many digits from the first on. */
  private static final long FIRST = 1_000_000_000_000_000_000L;

  /** As many bytes as Kinesis gives at once. */
  private static final long MOST_BYTES = 10L << 20;

  /**
   * A record.
   *
   * @param sequence its number in the shard
   * @param arrived in milliseconds since 1970
   */
  record Stored(long sequence, String key, byte[] data, long arrived) {}

  private final List<Stored> records = new ArrayList<>();

  /** Adds a record; gives its number. */
  synchronized long add(String key, byte[] data) {
    long sequence = FIRST + records.size();
    records.add(new Stored(sequence, key, data, System.currentTimeMillis()));
    return sequence;
  }

  /** Records from a place on, no more than so many. */
  synchronized List<Stored> from(int place, int most) {
    long bytes = 0;
    int end = place;
    while (end < records.size() && end - place < most && bytes < MOST_BYTES) {
      bytes += records.get(end++).data().length;
    }
    return List.copyOf(records.subList(place, end));
  }

  /** How many there are. */
  synchronized int size() {
    return records.size();
  }

  /** The place of the record with a number. */
  static int place(String sequence) {
    return (int) (Long.parseLong(sequence) - FIRST);
  }
}
