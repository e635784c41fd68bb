/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import io.streambed.processors.model.CallFailure;
import io.streambed.schemas.state.FlightState;
import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleSupplier;

/**
 * Decides what follows from a failed attempt: exponential back-off with jitter over its upper half
 * ("equal jitter" in "Exponential Backoff And Jitter", AWS Architecture Blog, 2015), bounded in
 * attempts and in time.
 */
record RetryPolicy(RetryConfig config) {

  /** What follows. */
  sealed interface Verdict {
    /** Another attempt, no earlier than the time given. */
    record RetryAt(Instant notBefore) implements Verdict {}

    /** Another attempt when the lane runs again; it counts for nothing. */
    record KeepWaiting() implements Verdict {}

    /** No other attempt. */
    record GiveUp() implements Verdict {}
  }

  /**
   * Decides.
   *
   * @param state as it is with the failed attempt counted
   * @param random a number from 0 inclusive to 1 exclusive
   */
  Verdict afterFailure(FlightState state, CallFailure failure, Instant now, DoubleSupplier random) {
    return switch (failure.reaction()) {
      case GIVE_UP -> new Verdict.GiveUp();
      case STOP_LANE -> new Verdict.KeepWaiting();
      case SLOW_DOWN -> retry(state.getThrottledAttempts(), Integer.MAX_VALUE, state, now, random);
      case RETRY ->
          retry(
              state.getFinishedAttempts() - state.getThrottledAttempts(),
              config.maxAttempts(),
              state,
              now,
              random);
    };
  }

  private Verdict retry(
      int failures, int most, FlightState state, Instant now, DoubleSupplier random) {
    Instant next = now.plus(backoff(failures, random.getAsDouble()));
    Instant last = state.getFirstAttemptAt().orElse(now).plus(config.maxTime());
    return failures >= most || next.isAfter(last)
        ? new Verdict.GiveUp()
        : new Verdict.RetryAt(next);
  }

  /**
   * The wait after the {@code failures}th failure: between half of the exponential step and all.
   */
  Duration backoff(int failures, double random) {
    long step = config.backoff().toMillis() << Math.min(failures - 1, 20);
    long bounded = Math.min(step, config.maxBackoff().toMillis());
    return Duration.ofMillis(bounded / 2 + (long) (random * bounded / 2));
  }

  /** A stored not-before time, capped at the longest back-off from now: clocks step. */
  Instant notBefore(Instant stored, Instant now) {
    Instant latest = now.plus(config.maxBackoff());
    return stored.isAfter(latest) ? latest : stored;
  }
}
