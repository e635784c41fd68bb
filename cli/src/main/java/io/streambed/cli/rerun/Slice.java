/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.rerun;

import io.streambed.cli.replay.Paces;
import io.streambed.cli.replay.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What goes into one transaction: as many of the next items as may be asked now.
 *
 * @param taken items with what becomes of them, in their order
 * @param costReached whether the next must not be asked because of what it could cost
 * @param unpriced alias of the next, where it must not be asked because nobody knows what it costs
 */
record Slice(List<Judged> taken, boolean costReached, Optional<String> unpriced) {

  private Slice(List<Judged> taken, boolean costReached) {
    this(taken, costReached, Optional.empty());
  }

  private static final int MOST = 1_000;
  private static final int MOST_BYTES = 4 << 20;

  /**
   * An item and what becomes of it.
   *
   * @param verdict nothing for offsets that hold no record
   */
  record Judged(Item item, Optional<Verdict> verdict) {}

  /**
   * What may be asked.
   *
   * @param windows most requests open at a time, by model
   * @param maxCost in pico-dollars; empty for no limit
   * @param paces how fast they may follow each other
   */
  record Allowed(Map<String, Integer> windows, OptionalLong maxCost, Paces paces) {

    private boolean allows(Verdict.Asked next, Open open, Instant now) {
      String model = next.job().getModel();
      return open.count(model) < windows.getOrDefault(model, 1) && paces.allows(next.job(), now);
    }

    private boolean isBounded(Verdict.Asked next) {
      return maxCost.isEmpty() || next.boundPicoDollars() >= 0;
    }

    private boolean canPay(Verdict.Asked next, Open open) {
      return maxCost.isEmpty() || open.most() + bound(next) <= maxCost.getAsLong();
    }

    private void took(Verdict.Asked next, Open open, Instant now) {
      paces.took(next.job(), next.forecast(), now);
      open.asked(next.job().getModel(), bound(next));
    }

    private static long bound(Verdict.Asked asked) {
      return Math.max(0, asked.boundPicoDollars());
    }
  }

  /** Takes the next slice of a queue; what is asked in it is open from then on. */
  static Slice of(Deque<Judged> queue, Allowed allowed, Open open, Instant now) {
    List<Judged> taken = new ArrayList<>();
    long bytes = 0;
    while (!queue.isEmpty() && taken.size() < MOST && bytes < MOST_BYTES) {
      if (queue.element().verdict().orElse(null) instanceof Verdict.Asked next) {
        if (!allowed.allows(next, open, now)) {
          break;
        }
        if (!allowed.isBounded(next)) {
          return new Slice(taken, false, Optional.of(next.job().getModel()));
        }
        if (!allowed.canPay(next, open)) {
          return new Slice(taken, open.count() == 0 && taken.isEmpty());
        }
        allowed.took(next, open, now);
        bytes += next.value().length;
      }
      taken.add(queue.remove());
    }
    return new Slice(taken, false);
  }
}
