/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.commit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * Tells the steps of a stream thread that the thread's transaction has committed. Kafka Streams has
 * no such event; the client supplier sees the producer's commit return, on the stream thread.
 */
public final class AfterCommit {

  /** After this time without a commit nothing is expected to come soon. */
  private static final Duration QUIET = Duration.ofMillis(250);

  private final Map<Thread, Queue<Consumer<Duration>>> hooks = new ConcurrentHashMap<>();
  private final InstantSource clock;
  private volatile Instant last = Instant.MIN;

  public AfterCommit(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Called by the client supplier, on the stream thread, when a commit has returned.
   *
   * @param took from the flush that began it to its end
   */
  public void committed(Duration took) {
    last = clock.instant();
    Queue<Consumer<Duration>> mine = hooks.get(Thread.currentThread());
    if (mine != null) {
      mine.forEach(hook -> hook.accept(took));
    }
  }

  /** Whether no thread has committed for a while: there is little to do, or nothing. */
  public boolean isQuiet() {
    return last.isBefore(clock.instant().minus(QUIET));
  }

  /** From now on {@code hook} is told what each commit of the calling thread took. */
  public void add(Consumer<Duration> hook) {
    hooks.compute(
        Thread.currentThread(),
        (thread, before) -> {
          Queue<Consumer<Duration>> queue = before == null ? new ConcurrentLinkedQueue<>() : before;
          queue.add(hook);
          return queue;
        });
  }

  /** The end of {@link #add}; whichever thread calls. */
  public void remove(Consumer<Duration> hook) {
    for (Thread thread : hooks.keySet()) {
      hooks.computeIfPresent(
          thread,
          (t, queue) -> {
            queue.remove(hook);
            return queue.isEmpty() ? null : queue;
          });
    }
  }
}
