/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.streambed.processors.model.ModelResult.Failed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a lane is throttled, broken or stopped, by how its calls end. Not safe for several
 * threads: its gate's lock guards it.
 */
final class LaneHealth {

  private static final Logger LOG = LoggerFactory.getLogger(LaneHealth.class);

  /** Calls that find out whether a broken lane works again. */
  static final int PROBES = 3;

  private final String lane;
  private final InvocationConfig config;
  private final RetryPolicy backoff;
  private final Clock clock;
  private final DoubleSupplier random;
  private final CircuitBreaker breaker;
  private int throttles;
  private Instant throttledUntil = Instant.MIN;
  private Instant probedFrom = Instant.MIN;
  private LaneCondition.@Nullable Stopped stopped;

  LaneHealth(String lane, InvocationConfig config, Clock clock, DoubleSupplier random) {
    this.lane = lane;
    this.config = config;
    this.backoff = new RetryPolicy(config.retry());
    this.clock = clock;
    this.random = random;
    this.breaker =
        CircuitBreaker.of(
            lane,
            CircuitBreakerConfig.custom()
                .slidingWindowSize(config.breaker().window())
                .minimumNumberOfCalls(Math.max(1, config.breaker().window() / 5))
                .failureRateThreshold(config.breaker().failureRate())
                .waitDurationInOpenState(leastOpen(config.breaker().openFor()))
                .permittedNumberOfCallsInHalfOpenState(PROBES)
                .writableStackTraceEnabled(false)
                .clock(clock)
                .build());
  }

  /** The least that {@link #spread} gives; the breaker counts in whole milliseconds. */
  private static Duration leastOpen(Duration openFor) {
    return Duration.ofMillis(Math.max(1, openFor.toMillis() / 2));
  }

  LaneCondition condition() {
    if (stopped != null) {
      return stopped;
    }
    if (isThrottled()) {
      return new LaneCondition.Throttled(throttledUntil);
    }
    return isBroken() ? new LaneCondition.Broken() : new LaneCondition.Running();
  }

  /** What the breaker does, in a word. */
  String breaker() {
    return breaker.getState().name().toLowerCase(Locale.ROOT);
  }

  boolean isStopped() {
    return stopped != null;
  }

  /** Whether a stopped lane may be tried. */
  boolean isTryDue() {
    return stopped != null && !isToCome(stopped.nextTry());
  }

  boolean isThrottled() {
    return isToCome(throttledUntil);
  }

  boolean isBroken() {
    CircuitBreaker.State state = breaker.getState();
    return state == CircuitBreaker.State.OPEN || state == CircuitBreaker.State.HALF_OPEN;
  }

  /** Whether a broken lane may be asked whether it works again. */
  boolean isProbeDue() {
    return isBroken() && !isProbeToCome();
  }

  private boolean isProbeToCome() {
    return breaker.getState() == CircuitBreaker.State.OPEN && isToCome(probedFrom);
  }

  /**
   * Whether a call may go out as far as the lane's health goes. Where it may, it must begin, or
   * {@link #notBegun} be told.
   *
   * @param open calls that are open
   */
  boolean mayStart(int open) {
    if (stopped != null) {
      if (open > 0 || !isTryDue()) {
        return false;
      }
      Instant nextTry = clock.instant().plus(config.stoppedLaneRetry());
      stopped = new LaneCondition.Stopped(stopped.reason(), stopped.since(), nextTry);
      return true;
    }
    return !isThrottled() && !isProbeToCome() && breaker.tryAcquirePermission();
  }

  void notBegun() {
    breaker.releasePermission();
  }

  /** A call has ended, and the lane was not at fault. */
  void worked(Duration openFor) {
    breaker.onSuccess(openFor.toNanos(), TimeUnit.NANOSECONDS);
    throttles = 0;
    if (stopped != null) {
      stopped = null;
      LOG.atInfo().addKeyValue("lane", lane).log("lane runs again");
    }
  }

  /** A call has failed by the lane's fault. */
  void failed(Duration openFor) {
    boolean wasOpen = breaker.getState() == CircuitBreaker.State.OPEN;
    breaker.onError(openFor.toNanos(), TimeUnit.NANOSECONDS, new LaneFailedException());
    if (!wasOpen && breaker.getState() == CircuitBreaker.State.OPEN) {
      probedFrom = clock.instant().plus(spread(config.breaker().openFor()));
    }
  }

  /**
   * A call was throttled. One that was begun before the last pause ended tells nothing new.
   *
   * @param least the shortest pause
   */
  void throttled(Instant begunAt, Duration least) {
    breaker.releasePermission();
    if (begunAt.isAfter(throttledUntil)) {
      throttles++;
      Duration pause = backoff.backoff(throttles, random.getAsDouble());
      throttledUntil = clock.instant().plus(pause.compareTo(least) < 0 ? least : pause);
    }
  }

  /** A call was refused in a way that an operator has to mend. */
  void stop(Failed failed) {
    breaker.releasePermission();
    Instant now = clock.instant();
    Instant nextTry = now.plus(config.stoppedLaneRetry());
    if (stopped == null) {
      LOG.atError()
          .addKeyValue("lane", lane)
          .addKeyValue("failure", failed.reason())
          .addKeyValue("reason", failed.message())
          .addKeyValue("nextTry", nextTry)
          .log("lane stopped; its jobs are kept and one call is tried now and then");
    }
    stopped =
        new LaneCondition.Stopped(
            failed.message(), stopped == null ? now : stopped.since(), nextTry);
  }

  /** Half of a wait to one and a half, so that instances do not probe all at once. */
  private Duration spread(Duration wait) {
    return Duration.ofNanos((long) (wait.toNanos() * (0.5 + random.getAsDouble())));
  }

  private boolean isToCome(Instant time) {
    return clock.instant().isBefore(time);
  }

  /** What the breaker is told; it wants an exception and reads nothing of it. */
  private static final class LaneFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private LaneFailedException() {
      super("call failed", null, false, false);
    }
  }
}
