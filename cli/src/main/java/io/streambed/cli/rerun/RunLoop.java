/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.rerun;

import io.streambed.cli.replay.Judge;
import io.streambed.cli.replay.Verdict;
import io.streambed.schemas.ReplayOrder;
import io.streambed.schemas.ReplayState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/** A run from where it is to its next end. For one thread. */
final class RunLoop {

  private static final int QUEUE = 2_000;
  private static final Duration NOW = Duration.ZERO;
  private static final Duration PIECE = Duration.ofMillis(50);

  private final Journal journal;
  private final Judge judge;
  private final Open open;
  private final Ends ends;
  private final Slice.Allowed allowed;
  private final Tally tally;
  private final Deque<Slice.Judged> queue = new ArrayDeque<>();
  private boolean costReached;
  private boolean idle;

  /** The two ends of a run: what it reads, and what it has brought. */
  record Ends(RecordedReader source, Outputs outputs) {}

  RunLoop(Journal journal, Judge judge, Open open, Ends ends, Slice.Allowed allowed) {
    this.journal = journal;
    this.judge = judge;
    this.open = open;
    this.ends = ends;
    this.allowed = allowed;
    this.tally = new Tally(journal.standing());
  }

  /**
   * Goes on until the run has ended or is to pause.
   *
   * @param stopped whether this process is to stop
   * @param teller told again and again what is open, and whether it is the last time
   * @throws UnpricedException if it has a most cost, and what the next request costs is not known
   */
  Ending run(InstantSource clock, BooleanSupplier stopped, BiConsumer<Open, Boolean> teller) {
    while (true) {
      ends.outputs().poll(idle ? PIECE : NOW, open::settled);
      journal.listen();
      teller.accept(open, false);
      if (stopped.getAsBoolean()) {
        return Ending.STOPPED;
      }
      ReplayOrder order = journal.standing().order();
      idle = true;
      if (order == ReplayOrder.GO && !costReached) {
        ask(clock.instant());
      }
      Optional<Ending> ending = ending(order);
      if (ending.isPresent()) {
        write(List.of(), state(ending.get()), clock.instant());
        teller.accept(open, true);
        return ending.get();
      }
    }
  }

  private Optional<Ending> ending(ReplayOrder order) {
    if (order == ReplayOrder.CANCEL) {
      return Optional.of(Ending.CANCELLED);
    }
    if (!idle || open.count() > 0) {
      return Optional.empty();
    }
    if (order == ReplayOrder.PAUSE) {
      return Optional.of(Ending.PAUSED);
    }
    if (costReached) {
      return Optional.of(Ending.COST_REACHED);
    }
    return queue.isEmpty() && ends.source().isAtEnd() ? Optional.of(Ending.DONE) : Optional.empty();
  }

  private static ReplayState state(Ending ending) {
    return switch (ending) {
      case DONE -> ReplayState.DONE;
      case PAUSED -> ReplayState.PAUSED;
      case CANCELLED -> ReplayState.CANCELLED;
      case COST_REACHED -> ReplayState.COST_REACHED;
      case STOPPED -> ReplayState.RUNNING;
    };
  }

  /** Asks what may be asked now. */
  private void ask(Instant now) {
    if (queue.size() < QUEUE / 2 && !ends.source().isAtEnd()) {
      for (Item item : ends.source().poll()) {
        queue.add(new Slice.Judged(item, verdict(item, now)));
      }
      idle = false;
    }
    Slice slice = Slice.of(queue, allowed, open, now);
    costReached = slice.costReached();
    if (!slice.taken().isEmpty()) {
      slice.taken().forEach(tally::add);
      write(slice.taken(), ReplayState.RUNNING, now);
      idle = false;
    }
    slice
        .unpriced()
        .ifPresent(alias -> {
          throw new UnpricedException(alias);
        });
  }

  private Optional<Verdict> verdict(Item item, Instant now) {
    return switch (item) {
      case Item.Request request -> Optional.of(judge.of(request.recorded(), now));
      case Item.Bad bad -> Optional.of(bad.skipped());
      case Item.Gap gap -> Optional.empty();
    };
  }

  private void write(List<Slice.Judged> taken, ReplayState state, Instant now) {
    journal.write(taken, tally, open, state, now);
  }
}
