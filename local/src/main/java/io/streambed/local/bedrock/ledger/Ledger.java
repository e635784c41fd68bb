/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.ledger;

import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Every call that was received. The newest are held; {@link #forgotten} tells how many were older.
 * Safe to use from any thread.
 */
public final class Ledger {
  /** Calls that are held unless told otherwise. */
  public static final int USUALLY_KEPT = 200_000;

  private final int kept;

  private final ConcurrentSkipListMap<Long, LedgerEntry> entries = new ConcurrentSkipListMap<>();
  private final AtomicLong lastSequence = new AtomicLong();
  private final AtomicInteger held = new AtomicInteger();
  private final AtomicLong forgotten = new AtomicLong();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger mostOpen = new AtomicInteger();

  /**
   * @param kept most calls that are held; about 1 kB each
   */
  public Ledger(int kept) {
    this.kept = kept;
  }

  /** Notes a call. */
  public Line open(CallFacts facts) {
    long sequence = lastSequence.incrementAndGet();
    entries.put(sequence, new LedgerEntry(sequence, facts, new CallOutcome.Open()));
    mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
    if (held.incrementAndGet() > kept && entries.pollFirstEntry() != null) {
      held.decrementAndGet();
      forgotten.incrementAndGet();
    }
    return new Line(sequence);
  }

  /** The line of one call. Safe for use by many threads. */
  public final class Line {
    private final long sequence;
    private final AtomicBoolean left = new AtomicBoolean();

    private Line(long sequence) {
      this.sequence = sequence;
    }

    /**
     * Notes what became of the call, instead of what was noted before. It is open no more, although
     * its last byte may still have to be written: a client that has it may call again at once.
     */
    public void settle(CallOutcome outcome) {
      entries.computeIfPresent(
          sequence, (number, entry) -> new LedgerEntry(number, entry.facts(), outcome));
      leave();
    }

    /** Notes that the call occupies the server no more. */
    public void leave() {
      if (left.compareAndSet(false, true)) {
        open.decrementAndGet();
      }
    }
  }

  /** All calls that are held, oldest first. */
  public List<LedgerEntry> calls() {
    return List.copyOf(entries.values());
  }

  /** The calls that match, oldest first. */
  public List<LedgerEntry> calls(LedgerFilter filter) {
    return calls(filter, Long.MAX_VALUE);
  }

  /** The calls that match, oldest first, at most so many. Costs nothing for what lies before. */
  public List<LedgerEntry> calls(LedgerFilter filter, long limit) {
    return entries.tailMap(filter.after(), false).values().stream()
        .filter(filter::matches)
        .limit(limit)
        .toList();
  }

  /** All calls that are held, added up. */
  public LedgerSummary summary() {
    return LedgerSummary.of(calls());
  }

  /** The calls that match, added up. */
  public LedgerSummary summary(LedgerFilter filter) {
    return LedgerSummary.of(calls(filter));
  }

  /** Most calls that were open at one time since the ledger was cleared. */
  public int mostOpen() {
    return mostOpen.get();
  }

  /** Calls that are no longer held because newer ones took their place. */
  public long forgotten() {
    return forgotten.get();
  }

  /** Forgets all calls. Sequence numbers go on. */
  public void clear() {
    while (entries.pollFirstEntry() != null) {
      held.decrementAndGet();
    }
    forgotten.set(0);
    mostOpen.set(open.get());
  }
}
