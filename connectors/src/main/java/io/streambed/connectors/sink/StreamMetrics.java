/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** What is told of one stream. Written by the task's thread, read by any. */
final class StreamMetrics {

  private final ShardMetrics shards;
  private final LongSupplier nanoTime;
  private final AtomicLong records = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong resent = new AtomicLong();
  private final AtomicLong throttled = new AtomicLong();
  private final AtomicLong underWay = new AtomicLong();
  private final AtomicLong lastTaken;

  /**
   * @param shards of the same stream
   * @param nanoTime as {@link System#nanoTime()}
   */
  StreamMetrics(ShardMetrics shards, LongSupplier nanoTime) {
    this.shards = shards;
    this.nanoTime = nanoTime;
    this.lastTaken = new AtomicLong(nanoTime.getAsLong());
  }

  /** A shard took some records of Kafka in so many bytes. */
  void taken(String shard, int count, long size) {
    shards.taken(shard, count);
    records.addAndGet(count);
    bytes.addAndGet(size);
    lastTaken.set(nanoTime.getAsLong());
  }

  /** Some records of Kinesis have to be sent again. */
  void refused(int count) {
    resent.addAndGet(count);
  }

  /** Some of them because it was too much. */
  void throttled(int count) {
    throttled.addAndGet(count);
  }

  /** So many records of Kinesis are without an answer. */
  void underWay(int count) {
    underWay.set(count);
  }

  long records() {
    return records.get();
  }

  long bytes() {
    return bytes.get();
  }

  long resent() {
    return resent.get();
  }

  long throttled() {
    return throttled.get();
  }

  long underWay() {
    return underWay.get();
  }

  /** Milliseconds since the last acknowledgement, at first since the first record. */
  long sinceTaken() {
    return TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - lastTaken.get());
  }
}
