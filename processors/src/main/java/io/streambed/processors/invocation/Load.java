/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What is in memory in the whole process, against its bounds. Safe for use by many threads. */
public final class Load {

  private final int maxJobs;
  private final long maxBytes;
  private final AtomicInteger jobs = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();

  public Load(int maxJobs, long maxBytes) {
    this.maxJobs = maxJobs;
    this.maxBytes = maxBytes;
  }

  void add(int moreJobs, long moreBytes) {
    jobs.addAndGet(moreJobs);
    bytes.addAndGet(moreBytes);
  }

  boolean isFull() {
    return jobs.get() >= maxJobs || bytes.get() >= maxBytes;
  }

  /** Jobs that are admitted and not settled. */
  public int jobs() {
    return jobs.get();
  }

  /** Bytes of what they ask. */
  public long bytes() {
    return bytes.get();
  }
}
