/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.commit;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the commits of a step's work: at once where the thread's last one is long enough ago,
 * otherwise as soon as it is. All steps of a thread share its transactions, and transactions that
 * follow each other at once wait for each other.
 *
 * <p>A commit costs about the same whatever it carries. Where it takes long, because thread or
 * broker are busy, and where nobody gains by a quick one, fewer of them carry more.
 *
 * <p>Owned by a stream thread.
 */
public final class CommitPace {

  /** How many times the gap a commit may wait that nothing hurries. */
  private static final int UNHURRIED = 3;

  /**
   * How many times what the last commit took: a thread commits for a quarter of its time at most.
   */
  private static final int DUTY = 3;

  private final ProcessorContext<?, ?> context;
  private final Settings settings;
  private final Consumer<Duration> committed = this::committed;
  private long committedAt;
  private long took;
  private long laterAt;
  private @Nullable Cancellable later;

  /**
   * What all steps of a process share.
   *
   * @param gap least time from the end of a commit to the next that is asked for
   * @param unhurried whether nothing waits for the next commit; asked by stream threads
   */
  public record Settings(AfterCommit afterCommit, Duration gap, BooleanSupplier unhurried) {}

  public CommitPace(ProcessorContext<?, ?> context, Settings settings) {
    this.context = context;
    this.settings = settings;
    settings.afterCommit().add(committed);
  }

  /** Something was written that should not wait. To be called where a step may schedule. */
  public void want() {
    long now = context.currentSystemTimeMs();
    long at = committedAt + gapMillis();
    if (at <= now) {
      forgetLater();
      context.commit();
    } else if (later == null || at < laterAt) {
      forgetLater();
      laterAt = at;
      later =
          context.schedule(
              Duration.ofMillis(at - now),
              PunctuationType.WALL_CLOCK_TIME,
              time -> {
                forgetLater();
                context.commit();
              });
    }
  }

  private long gapMillis() {
    long least = settings.gap().toMillis();
    long most = UNHURRIED * least;
    return settings.unhurried().getAsBoolean() ? most : Math.clamp(DUTY * took, least, most);
  }

  private void committed(Duration lastTook) {
    took = lastTook.toMillis();
    committedAt = context.currentSystemTimeMs();
    forgetLater();
  }

  private void forgetLater() {
    if (later != null) {
      later.cancel();
      later = null;
    }
  }

  /** The task closes. */
  public void close() {
    settings.afterCommit().remove(committed);
    forgetLater();
  }
}
