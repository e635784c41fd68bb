/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when a stream thread fails: another takes its place and starts again from what was
 * committed; at once the first time, later and later while failures follow each other, so that what
 * fails at every start does not keep the brokers busy with it. The failing thread waits, which no
 * other does: its partitions are nobody's work until it is replaced. Messages of the exceptions are
 * not logged, because they can quote a record; their types and places are.
 */
final class ThreadFailures implements StreamsUncaughtExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ThreadFailures.class);
  private static final int FRAMES = 5;

  /** How long a failure counts as one in a row. */
  private static final Duration MEMORY = Duration.ofMinutes(1);

  private static final Duration FIRST_BACKOFF = Duration.ofMillis(250);

  /** How often the back-off doubles: to 4 s, below the 10 s that readers wait for a transaction. */
  private static final int DOUBLINGS = 4;

  private final InstantSource clock;
  private final Consumer<Duration> pause;
  private final Deque<Instant> recent = new ArrayDeque<>();

  /**
   * @param pause waits on the calling thread, or less long where the platform stops
   */
  ThreadFailures(InstantSource clock, Consumer<Duration> pause) {
    this.clock = clock;
    this.pause = pause;
  }

  @Override
  public StreamThreadExceptionResponse handle(Throwable failure) {
    Duration delay = delay(clock.instant());
    LOG.atError()
        .addKeyValue("failure", describe(failure))
        .addKeyValue("replacedInMillis", delay.toMillis())
        .log("a stream thread failed and is replaced");
    pause.accept(delay);
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  private synchronized Duration delay(Instant now) {
    recent.removeIf(at -> at.isBefore(now.minus(MEMORY)));
    recent.add(now);
    int before = recent.size() - 1;
    return before == 0
        ? Duration.ZERO
        : FIRST_BACKOFF.multipliedBy(1L << Math.min(before - 1, DOUBLINGS));
  }

  static String describe(Throwable failure) {
    List<String> parts = new ArrayList<>();
    for (Throwable cause = failure; cause != null && parts.size() < 20; cause = cause.getCause()) {
      parts.add(cause.getClass().getName());
      StackTraceElement[] trace = cause.getStackTrace();
      for (int i = 0; i < Math.min(FRAMES, trace.length); i++) {
        parts.add("at " + trace[i]);
      }
    }
    return String.join(" ", parts);
  }
}
