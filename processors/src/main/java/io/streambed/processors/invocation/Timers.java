/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import java.time.Instant;
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.PriorityQueue;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a task waits for by the clock: deadlines of jobs and ends of back-offs. Entries of flights
 * that have gone on since are passed over by whoever takes them. Owned by a stream thread.
 */
final class Timers {

  /** A job's deadline. */
  record Deadline(Instant at, Flight flight, Flight.Waiter waiter) {}

  /** The end of a flight's back-off. */
  record Backoff(Instant at, Flight flight) {}

  /**
   * Sorted and not a heap: most jobs are settled in time, and must not stay until their deadline.
   */
  private final NavigableSet<Deadline> deadlines =
      new TreeSet<>(
          Comparator.comparing(Deadline::at)
              .thenComparing(d -> d.flight().id())
              .thenComparingInt(d -> d.waiter().number()));

  private final PriorityQueue<Backoff> backoffs =
      new PriorityQueue<>(Comparator.comparing(Backoff::at));

  void watch(Flight flight, Flight.Waiter waiter) {
    if (waiter.deadline() != null) {
      deadlines.add(new Deadline(waiter.deadline(), flight, waiter));
    }
  }

  /** The waiter is settled. */
  void unwatch(Flight flight, Flight.Waiter waiter) {
    if (waiter.deadline() != null) {
      deadlines.remove(new Deadline(waiter.deadline(), flight, waiter));
    }
  }

  void wake(Flight flight, Instant at) {
    backoffs.add(new Backoff(at, flight));
  }

  /** The next deadline that has passed, or null. */
  @Nullable Deadline passedDeadline(Instant now) {
    return deadlines.isEmpty() || deadlines.first().at().isAfter(now)
        ? null
        : deadlines.pollFirst();
  }

  /** The next back-off that has ended, or null. */
  @Nullable Backoff endedBackoff(Instant now) {
    Backoff first = backoffs.peek();
    return first == null || first.at().isAfter(now) ? null : backoffs.poll();
  }
}
