/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.streambed.processors.limit.LaneQuota;
import io.streambed.processors.limit.LaneUse;
import io.streambed.processors.limit.Reservation;
import io.streambed.processors.model.Lane;
import io.streambed.processors.model.ModelResult;
import io.streambed.processors.model.ModelResult.Failed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One lane as the whole process sees it: what is ready to go out, how much may be open, and whether
 * the lane is throttled, broken or stopped. Safe for use by many threads.
 *
 * <p>A ticket is the right to intend an attempt; there are a few more of them than permits, so that
 * committed attempts wait here and a call that ends starts the next at once.
 */
final class LaneGate {

  private static final Logger LOG = LoggerFactory.getLogger(LaneGate.class);

  /**
   * A lane with many permits gets as many back in the time of a commit: a tenth is some commits.
   */
  private static final int LIMIT_BY_LOOK_AHEAD = 10;

  /** Calls that find out whether a broken lane works again. */
  private static final int PROBES = 3;

  private final Lane lane;
  private final InvocationConfig config;
  private final RetryPolicy backoff;
  private final Clock clock;
  private final DoubleSupplier random;
  private final CircuitBreaker breaker;
  private final AdaptiveLimit limit;
  private final LaneQuota quota;
  private final LaneUse use;
  private final Deque<OpenCall> ready = new ArrayDeque<>();
  private int tickets;
  private int open;
  private int throttles;
  private boolean closed;
  private Instant throttledUntil = Instant.MIN;
  private Instant probedFrom = Instant.MIN;
  private Instant usedAt = Instant.MIN;
  private LaneCondition.@Nullable Stopped stopped;

  LaneGate(Lane lane, InvocationConfig config, Clock clock, DoubleSupplier random) {
    this.lane = lane;
    this.config = config;
    this.backoff = new RetryPolicy(config.retry());
    this.clock = clock;
    this.random = random;
    this.limit = new AdaptiveLimit(lane.concurrency());
    this.quota = new LaneQuota(lane.quota(), clock.instant());
    this.use = new LaneUse(lane.quota().burndown());
    this.breaker =
        CircuitBreaker.of(
            lane.name(),
            CircuitBreakerConfig.custom()
                .slidingWindowSize(config.breaker().window())
                .minimumNumberOfCalls(Math.max(1, config.breaker().window() / 5))
                .failureRateThreshold(config.breaker().failureRate())
                .waitDurationInOpenState(config.breaker().openFor().dividedBy(2))
                .permittedNumberOfCallsInHalfOpenState(PROBES)
                .writableStackTraceEnabled(false)
                .clock(clock)
                .build());
  }

  Lane lane() {
    return lane;
  }

  /** What the lane is able to do now. */
  synchronized LaneCondition condition() {
    if (stopped != null) {
      return stopped;
    }
    if (isThrottled(clock.instant())) {
      return new LaneCondition.Throttled(throttledUntil);
    }
    return isBroken() ? new LaneCondition.Broken() : new LaneCondition.Running();
  }

  /** What the lane can do for one more attempt. */
  synchronized Router.Room room() {
    if (stopped != null) {
      return hasRoom() ? Router.Room.NOW : Router.Room.STOPPED;
    }
    Instant now = clock.instant();
    boolean probing = isBroken() && !isProbeToCome(now) && tickets < PROBES;
    if (isThrottled(now) || (isBroken() && !probing)) {
      return Router.Room.NOT_SOON;
    }
    return hasRoom() ? Router.Room.NOW : Router.Room.LATER;
  }

  private boolean isBroken() {
    CircuitBreaker.State state = breaker.getState();
    return state == CircuitBreaker.State.OPEN || state == CircuitBreaker.State.HALF_OPEN;
  }

  /** Whether it is too early to find out whether a broken lane works again. */
  private boolean isProbeToCome(Instant now) {
    return breaker.getState() == CircuitBreaker.State.OPEN
        && isToCome(probedFrom, config.breaker().openFor().multipliedBy(2), now);
  }

  /** The part of the lane's quota that is this process's from now on, 0 to 1. */
  synchronized void share(double share) {
    quota.share(share, clock.instant());
  }

  /** What a call holds of the quota. */
  synchronized Reservation reservation(long bytes, int maxTokens) {
    return lane.quota().isLimited() ? quota.reservation(bytes, maxTokens) : Reservation.NONE;
  }

  /**
   * Takes the right to intend one attempt, and what its call holds of the quota, if there is one.
   */
  synchronized boolean takeTicket(Reservation wanted) {
    Instant now = clock.instant();
    if (!hasRoom() || (lane.quota().isLimited() && !quota.reserve(wanted, now))) {
      return false;
    }
    tickets++;
    usedAt = now;
    return true;
  }

  /** Whether the lane has been given work since {@code time}. */
  synchronized boolean isUsedSince(Instant time) {
    return !usedAt.isBefore(time);
  }

  /** Whether {@link #takeTicket} would give one for a call of the smallest size. */
  synchronized boolean hasRoom() {
    if (closed) {
      return false;
    }
    if (stopped != null) {
      return tickets == 0
          && !isToCome(stopped.nextTry(), config.stoppedLaneRetry(), clock.instant());
    }
    int current = limit.current();
    return tickets < current + Math.max(config.lookAhead(), current / LIMIT_BY_LOOK_AHEAD)
        && (!lane.quota().isLimited() || quota.hasRoom(clock.instant()));
  }

  /** Gives a ticket back whose attempt was not submitted. */
  synchronized void returnTicket(Reservation held) {
    tickets--;
    quota.cancel(held);
  }

  synchronized void submit(OpenCall call) {
    ready.add(call);
  }

  /** Gives up a call that has not gone out; false where it has. */
  synchronized boolean withdraw(OpenCall call) {
    if (!call.withdraw()) {
      return false;
    }
    ready.remove(call);
    returnTicket(call.reservation());
    return true;
  }

  /** The next call that may go out now, counted as open; null where there is none. */
  synchronized @Nullable OpenCall next() {
    while (!ready.isEmpty() && mayStart()) {
      OpenCall call = ready.remove();
      if (call.begin()) {
        open++;
        use.begun(clock.instant());
        return call;
      }
      breaker.releasePermission();
    }
    return null;
  }

  private boolean mayStart() {
    Instant now = clock.instant();
    if (closed) {
      return false;
    }
    if (stopped != null) {
      if (open > 0 || isToCome(stopped.nextTry(), config.stoppedLaneRetry(), now)) {
        return false;
      }
      stopped =
          new LaneCondition.Stopped(
              stopped.reason(), stopped.since(), now.plus(config.stoppedLaneRetry()));
      return true;
    }
    return !isThrottled(now)
        && !isProbeToCome(now)
        && open < limit.current()
        && breaker.tryAcquirePermission();
  }

  private boolean isThrottled(Instant now) {
    return isToCome(throttledUntil, config.retry().maxBackoff(), now);
  }

  /**
   * Whether a time is still to come; one that is further off than it can be is not: clocks step.
   */
  private static boolean isToCome(Instant time, Duration longest, Instant now) {
    return now.isBefore(time) && !time.isAfter(now.plus(longest));
  }

  /** A call has ended: its permit and its ticket are free again, and the lane learns from it. */
  synchronized void ended(ModelResult result, Reservation held, Instant begunAt, Duration openFor) {
    open--;
    tickets--;
    switch (result) {
      case ModelResult.PromptAnswered answered -> {
        quota.settle(held, answered.usage());
        use.answered(answered.usage(), clock.instant());
        worked(openFor);
      }
      case ModelResult.TextsEmbedded embedded -> {
        quota.settle(held, embedded.usage());
        use.answered(embedded.usage(), clock.instant());
        worked(openFor);
      }
      case Failed failed -> {
        quota.release(held);
        failed(failed, begunAt, openFor);
      }
    }
  }

  private void failed(Failed failed, Instant begunAt, Duration openFor) {
    Instant now = clock.instant();
    switch (failed.reason().reaction()) {
      case GIVE_UP -> worked(openFor);
      case RETRY -> {
        boolean wasOpen = breaker.getState() == CircuitBreaker.State.OPEN;
        breaker.onError(openFor.toNanos(), TimeUnit.NANOSECONDS, new LaneFailedException());
        if (!wasOpen && breaker.getState() == CircuitBreaker.State.OPEN) {
          probedFrom = now.plus(spread(config.breaker().openFor()));
        }
      }
      case SLOW_DOWN -> {
        use.throttled(begunAt, now);
        breaker.releasePermission();
        if (lane.quota().isLimited()) {
          quota.throttled(begunAt, now);
        } else {
          limit.throttled(begunAt, now);
        }
        if (begunAt.isAfter(throttledUntil)) {
          throttles++;
          throttledUntil = now.plus(backoff.backoff(throttles, random.getAsDouble()));
        }
      }
      case STOP_LANE -> {
        breaker.releasePermission();
        stop(failed, now);
      }
    }
  }

  /** Half of a wait to one and a half, so that instances do not probe all at once. */
  private Duration spread(Duration wait) {
    return Duration.ofNanos((long) (wait.toNanos() * (0.5 + random.getAsDouble())));
  }

  private void worked(Duration openFor) {
    breaker.onSuccess(openFor.toNanos(), TimeUnit.NANOSECONDS);
    limit.succeeded();
    throttles = 0;
    if (stopped != null) {
      stopped = null;
      LOG.atInfo().addKeyValue("lane", lane.name()).log("lane runs again");
    }
  }

  private void stop(Failed failed, Instant now) {
    Instant nextTry = now.plus(config.stoppedLaneRetry());
    if (stopped == null) {
      LOG.atError()
          .addKeyValue("lane", lane.name())
          .addKeyValue("failure", failed.reason())
          .addKeyValue("reason", failed.message())
          .addKeyValue("nextTry", nextTry)
          .log("lane stopped; its jobs are kept and one call is tried now and then");
    }
    stopped =
        new LaneCondition.Stopped(
            failed.message(), stopped == null ? now : stopped.since(), nextTry);
  }

  /** No call goes out any more. */
  synchronized void close() {
    closed = true;
  }

  /** Whether committed attempts wait for a permit: another one would only wait with them. */
  synchronized boolean isAhead() {
    return !ready.isEmpty();
  }

  /** Committed attempts that wait for a permit. */
  synchronized int readyCalls() {
    return ready.size();
  }

  /** What there is to see. */
  synchronized LaneView view() {
    Instant now = clock.instant();
    return new LaneView(
        lane.name(),
        condition(),
        breaker.getState().name().toLowerCase(Locale.ROOT),
        lane.quota(),
        quota.share(),
        quota.learned(now),
        Math.round(quota.setAside()),
        use.counts(now),
        open,
        limit.current(),
        lane.concurrency(),
        ready.size());
  }

  /** What the breaker is told; it wants an exception and reads nothing of it. */
  private static final class LaneFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private LaneFailedException() {
      super("call failed", null, false, false);
    }
  }
}
