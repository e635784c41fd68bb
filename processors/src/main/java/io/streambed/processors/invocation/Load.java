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

  /** Part of the bound on bytes that may be in memory only to be there when it is needed. */
  private static final int REMEMBERED_PART = 8;

  private final int maxJobs;
  private final long maxBytes;
  private final AtomicInteger jobs = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong remembered = new AtomicLong();

  public Load(int maxJobs, long maxBytes) {
    this.maxJobs = maxJobs;
    this.maxBytes = maxBytes;
  }

  void add(int moreJobs, long moreBytes) {
    jobs.addAndGet(moreJobs);
    bytes.addAndGet(moreBytes);
  }

  /** Whether there is room for bytes that need not be in memory; where there is, it is taken. */
  boolean remember(long more) {
    if (remembered.addAndGet(more) <= maxBytes / REMEMBERED_PART) {
      return true;
    }
    forget(more);
    return false;
  }

  /** Room that was taken is free again. */
  void forget(long fewer) {
    remembered.addAndGet(-fewer);
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
