/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.commit;

import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the commits of a step's work: at once where the thread's last one is long enough ago,
 * otherwise as soon as it is. All steps of a thread share its transactions, and transactions that
 * follow each other at once wait for each other.
 *
 * <p>Owned by a stream thread.
 */
public final class CommitPace {

  private final ProcessorContext<?, ?> context;
  private final Settings settings;
  private final Runnable committed = this::committed;
  private long committedAt;
  private @Nullable Cancellable later;

  /**
   * What all steps of a process share.
   *
   * @param gap least time from the end of a commit to the next that is asked for
   */
  public record Settings(AfterCommit afterCommit, Duration gap) {}

  public CommitPace(ProcessorContext<?, ?> context, Settings settings) {
    this.context = context;
    this.settings = settings;
    settings.afterCommit().add(committed);
  }

  /** Something was written that should not wait. To be called where a step may schedule. */
  public void want() {
    if (later != null) {
      return;
    }
    long wait = committedAt + settings.gap().toMillis() - context.currentSystemTimeMs();
    // A wait that is longer than the gap is of a clock that was set back.
    if (wait <= 0 || wait > settings.gap().toMillis()) {
      context.commit();
    } else {
      later =
          context.schedule(
              Duration.ofMillis(wait),
              PunctuationType.WALL_CLOCK_TIME,
              now -> {
                forgetLater();
                context.commit();
              });
    }
  }

  private void committed() {
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
