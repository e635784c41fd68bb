/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import io.streambed.processors.limit.Caps;
import io.streambed.processors.limit.FairQueue;
import io.streambed.processors.limit.LaneQuota;
import io.streambed.processors.limit.LaneUse;
import io.streambed.processors.limit.Reservation;
import io.streambed.processors.model.Lane;
import io.streambed.processors.model.ModelResult;
import io.streambed.processors.model.ModelResult.Failed;
import io.streambed.schemas.Priority;
import io.streambed.schemas.TokenUsage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One lane as the whole process sees it: what waits for it, what is ready to go out, and how much
 * may be open. Safe for use by many threads.
 *
 * <p>Work goes through two queues. A {@link Claim} waits for a ticket, which is the right to intend
 * an attempt; the attempt, once committed, waits for a permit. There are a few more tickets than
 * permits, so that a call that ends starts the next at once. Both queues are fair in the same way.
 */
final class LaneGate {

  /**
   * A lane with many permits gets as many back in the time of a commit: a tenth is some commits.
   */
  private static final int LIMIT_BY_LOOK_AHEAD = 10;

  /** Short calls end several at a time between two commits, however few permits there are. */
  private static final int LEAST_AHEAD = 4;

  private final Lane lane;
  private final InvocationConfig config;
  private final Clock clock;
  private final DoubleSupplier share;
  private final LaneHealth health;
  private final AdaptiveLimit limit;
  private final LaneQuota quota;
  private final Caps caps;
  private final LaneUse use;
  private final FairQueue<Claim> claims = new FairQueue<>();
  private final FairQueue<OpenCall> ready = new FairQueue<>();
  private final LeastDuration least = new LeastDuration();
  private int tickets;
  private int open;
  private boolean closed;
  private Instant usedAt = Instant.MIN;

  /**
   * @param caps what tenants may have of all lanes together
   * @param share the part of every quota that is this process's, 0 to 1; asked at each use
   * @param random numbers from 0 inclusive to 1 exclusive
   */
  LaneGate(
      Lane lane,
      InvocationConfig config,
      Clock clock,
      Caps caps,
      DoubleSupplier share,
      DoubleSupplier random) {
    this.lane = lane;
    this.config = config;
    this.clock = clock;
    this.caps = caps;
    this.share = share;
    this.health = new LaneHealth(lane.name(), config, clock, random);
    this.limit = new AdaptiveLimit(lane.concurrency());
    this.quota = new LaneQuota(lane.quota(), clock.instant());
    this.use = new LaneUse(lane.quota().burndown());
  }

  Lane lane() {
    return lane;
  }

  /** What the lane is able to do now. */
  synchronized LaneCondition condition() {
    return health.condition();
  }

  /** What the lane can do for one more attempt. */
  synchronized Router.Room room() {
    if (health.isStopped()) {
      return hasRoom() ? Router.Room.NOW : Router.Room.STOPPED;
    }
    boolean probing = health.isProbeDue() && tickets < LaneHealth.PROBES;
    if (health.isThrottled() || (health.isBroken() && !probing)) {
      return Router.Room.NOT_SOON;
    }
    return hasRoom() ? Router.Room.NOW : Router.Room.LATER;
  }

  /** Whether a claim of the smallest size would have its ticket at once. */
  synchronized boolean hasRoom() {
    return claims.isEmpty()
        && hasTicket(Priority.STANDARD)
        && quota.hasRoom(share.getAsDouble(), clock.instant());
  }

  /** A claim waits from now on; where its turn has come, it has its ticket when this returns. */
  synchronized void ask(Claim claim) {
    claims.add(claim.flow(), claim.deadline(), claim);
    grant();
  }

  /** The same, before all else of its tenant and class. */
  synchronized void askFirst(Claim claim) {
    claims.addFirst(claim.flow(), claim);
    grant();
  }

  /** A claim is not wanted any more, whether or not it has its ticket. */
  synchronized void withdraw(Claim claim) {
    Ticket ticket = claim.takeTicket();
    if (ticket != null) {
      ticket.giveBack();
    } else if (claims.remove(claim)) {
      grant();
    }
  }

  /** The ticket was found in the mailbox; false where its claim has been withdrawn meanwhile. */
  synchronized boolean accept(Ticket ticket) {
    return ticket.claim().takeTicket() != null;
  }

  /** A ticket is used for more or less than was asked for. */
  synchronized Ticket resize(Ticket ticket, long bytes, int maxTokens) {
    Reservation wanted = quota.reservation(bytes, maxTokens);
    quota.replace(ticket.reservation(), wanted);
    caps.putRight(
        ticket.claim().flow().tenant(), wanted.expected() - ticket.reservation().expected());
    return new Ticket(this, ticket.claim(), wanted);
  }

  /** Gives tickets to those whose turn it is, as far as there are any. */
  synchronized void grant() {
    Optional<Claim> next = claims.next(this::mayGo);
    while (next.isPresent()) {
      Claim claim = next.get();
      Instant now = clock.instant();
      Reservation wanted = quota.reservation(claim.bytes(), claim.maxTokens());
      // One that has to wait for the quota is not overtaken: a large one would wait for ever.
      if (!quota.reserve(wanted, share.getAsDouble(), now)) {
        return;
      }
      claims.serve(claim, Math.max(1, wanted.expected()));
      tickets++;
      usedAt = now;
      caps.take(claim.flow().tenant(), wanted.expected());
      claim.grant(this, wanted);
      next = claims.next(this::mayGo);
    }
  }

  private boolean mayGo(FairQueue.Flow flow) {
    return hasTicket(flow.priority())
        && caps.allow(flow.tenant(), share.getAsDouble(), clock.instant());
  }

  /**
   * Attempts that may be intended beyond the permits. Where there are few permits, few: what is
   * committed to a lane waits for it, and a throttled lane gives permits back slowly.
   */
  static int ahead(int configured, int permits) {
    int few = Math.min(configured, Math.max(LEAST_AHEAD, permits));
    return Math.max(few, permits / LIMIT_BY_LOOK_AHEAD);
  }

  private boolean hasTicket(Priority priority) {
    if (closed) {
      return false;
    }
    if (health.isStopped()) {
      return tickets == 0 && health.isTryDue();
    }
    int current = limit.current();
    int ahead = ahead(config.lookAhead(), current);
    // Urgent work is committed while other work waits for permits, and gets the next one.
    return tickets < current + (priority == Priority.INTERACTIVE ? 2 : 1) * ahead;
  }

  /** Whether the lane has been given work since {@code time}. */
  synchronized boolean isUsedSince(Instant time) {
    return !usedAt.isBefore(time);
  }

  /** Gives a ticket back whose attempt was not submitted. */
  synchronized void takeBack(Ticket ticket) {
    tickets--;
    quota.cancel(ticket.reservation());
    caps.cancel(ticket.claim().flow().tenant(), ticket.reservation().expected());
    grant();
  }

  synchronized void submit(OpenCall call) {
    ready.add(call.flow(), call.deadline(), call);
  }

  /** Gives up a call that has not gone out; false where it has. */
  synchronized boolean withdraw(OpenCall call) {
    if (!call.withdraw()) {
      return false;
    }
    ready.remove(call);
    takeBack(call.ticket());
    return true;
  }

  /** The next call that may go out now, counted as open; null where there is none. */
  synchronized @Nullable OpenCall next() {
    Optional<OpenCall> call = ready.next(flow -> true);
    while (call.isPresent() && !closed && open < most() && health.mayStart(open)) {
      ready.serve(call.get(), Math.max(1, call.get().reservation().expected()));
      if (call.get().begin()) {
        open++;
        use.begun(clock.instant());
        return call.get();
      }
      health.notBegun();
      call = ready.next(flow -> true);
    }
    return null;
  }

  private int most() {
    return health.isStopped() ? 1 : limit.current();
  }

  /** A call has ended: its permit and its ticket are free again, and the lane learns from it. */
  synchronized void ended(ModelResult result, OpenCall call, Instant begunAt, Duration openFor) {
    open--;
    tickets--;
    Reservation held = call.reservation();
    switch (result) {
      case ModelResult.PromptAnswered answered -> answered(call, answered.usage(), openFor);
      case ModelResult.TextsEmbedded embedded -> answered(call, embedded.usage(), openFor);
      case Failed failed -> {
        putRight(call.flow(), taken(failed, held) - held.expected());
        failed(failed, begunAt, openFor);
      }
    }
    grant();
  }

  private void answered(OpenCall call, TokenUsage usage, Duration openFor) {
    use.answered(usage, clock.instant());
    double used = quota.settle(call.reservation(), usage);
    putRight(call.flow(), used - call.reservation().expected());
    least.add(openFor);
    worked(openFor);
  }

  /** Tokens of quota that a failed call has taken, as far as can be known. */
  private double taken(Failed failed, Reservation held) {
    if (failed.isLost()) {
      return quota.lose(held);
    }
    if (LaneUse.counted(failed.usage(), 1) == 0) {
      quota.release(held);
      return 0;
    }
    use.answered(failed.usage(), clock.instant());
    return quota.settle(held, failed.usage());
  }

  private void putRight(FairQueue.Flow flow, double more) {
    claims.putRight(flow, more);
    caps.putRight(flow.tenant(), more);
  }

  private void worked(Duration openFor) {
    health.worked(openFor);
    limit.succeeded();
  }

  private void failed(Failed failed, Instant begunAt, Duration openFor) {
    Instant now = clock.instant();
    switch (failed.reason().reaction()) {
      case GIVE_UP -> worked(openFor);
      case RETRY -> health.failed(openFor);
      case SLOW_DOWN -> {
        use.throttled(begunAt, now);
        boolean byQuota = lane.quota().isLimited();
        if (byQuota) {
          quota.throttled(begunAt, now);
        } else {
          limit.throttled(begunAt, now);
        }
        health.throttled(begunAt, byQuota ? LaneQuota.REST : Duration.ZERO);
      }
      case STOP_LANE -> health.stop(failed);
    }
  }

  /** The shortest of the latest calls that were answered: what is sooner cannot be met. */
  synchronized Duration leastDuration() {
    return least.current();
  }

  /** No call goes out any more. */
  synchronized void close() {
    closed = true;
  }

  /** Whether committed attempts wait for a permit: another one would only wait with them. */
  synchronized boolean isAhead() {
    return !ready.isEmpty();
  }

  /** Claims that wait for a ticket. */
  synchronized int waitingClaims() {
    return claims.size();
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
        health.condition(),
        health.breaker(),
        lane.quota(),
        share.getAsDouble(),
        quota.learned(now),
        quota.setAside(),
        use.counts(now),
        open,
        limit.current(),
        lane.concurrency(),
        ready.size(),
        claims.size());
  }
}
