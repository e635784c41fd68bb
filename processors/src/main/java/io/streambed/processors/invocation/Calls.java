/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import io.streambed.processors.limit.Caps;
import io.streambed.processors.model.CallFailure;
import io.streambed.processors.model.Lane;
import io.streambed.processors.model.ModelCall;
import io.streambed.processors.model.ModelClient;
import io.streambed.processors.model.ModelResult;
import io.streambed.schemas.Priority;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All calls of the process, by attempt, and the gates of their lanes. Safe for use by many threads;
 * nothing here blocks.
 *
 * <p>A task that closes gives up its calls that have not gone out and leaves the open ones here. If
 * it opens again in this process, on whichever thread, it finds them; if it opens in another, that
 * one is told of them, and of what comes back ({@link Departures}, {@link Elsewhere}). What nobody
 * asks for here is forgotten after a while.
 */
public final class Calls {

  private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

  /** How a task finds an attempt that its store knows. */
  enum Found {
    /** It is open or has ended: its end is or will be in the mailbox. */
    OPEN,
    /** This process never sent it. */
    NEVER_SENT,
    /** This process knows nothing of it: it may have been sent. */
    UNKNOWN
  }

  /**
   * How long the end of a call, or the word that it never went out, waits for a task that has
   * moved.
   */
  private static final Duration ORPHAN_TTL = Duration.ofMinutes(5);

  /** How often those are looked for whose time is over. */
  private static final Duration SWEEP_GAP = Duration.ofMinutes(1);

  /** How long ago a lane may have been used to count as in use. */
  private static final Duration LATELY = Duration.ofMinutes(10);

  /** How long ago a lane may have been used to have work. */
  private static final Duration JUST_NOW = Duration.ofSeconds(1);

  private final ModelClient client;
  private final Clock clock;
  private final Map<String, LaneGate> gates = new ConcurrentHashMap<>();
  private final Map<String, OpenCall> calls = new ConcurrentHashMap<>();
  private final Map<String, Instant> neverSent = new ConcurrentHashMap<>();
  private final AtomicReference<Instant> sweptAt = new AtomicReference<>(Instant.MIN);

  /** The gate whose calls this thread is sending: a call that ends at once must not begin anew. */
  @SuppressWarnings("ThreadLocalUsage") // The gate is one of this object.
  private final ThreadLocal<LaneGate> sending = new ThreadLocal<>();

  private final int partitions;
  private final Map<Integer, WaitingRoom> tasks = new ConcurrentHashMap<>();
  private final TenantsSeen tenantsSeen = new TenantsSeen();
  private final AtomicBoolean draining = new AtomicBoolean();
  private final CountDownLatch drained = new CountDownLatch(1);
  private final InvocationConfig config;
  private final DoubleSupplier random;
  private final Caps caps;
  private final Departures departures;
  private final Elsewhere elsewhere;

  /**
   * A process's calls.
   *
   * @param tenants whose caps hold for all lanes together
   * @param partitions tasks that all processes have together: each has an equal part of every quota
   * @param random numbers from 0 inclusive to 1 exclusive, for jitter; safe for many threads
   * @param departures tells other processes of calls whose tasks have left this one
   * @param elsewhere what they have told
   */
  public Calls(
      ModelClient client,
      InvocationConfig config,
      Tenants tenants,
      int partitions,
      Clock clock,
      DoubleSupplier random,
      Departures departures,
      Elsewhere elsewhere) {
    this.client = client;
    this.partitions = partitions;
    this.config = config;
    this.clock = clock;
    this.random = random;
    this.departures = departures;
    this.elsewhere = elsewhere;
    this.caps = new Caps(tenants.configs(), clock.instant());
  }

  LaneGate gate(Lane lane) {
    return gates.computeIfAbsent(
        lane.name(), name -> new LaneGate(lane, config, clock, caps, this::share, random));
  }

  /** The task of a partition opens: its part of every quota is this process's. */
  void taskOpened(int partition, WaitingRoom room) {
    tasks.put(partition, room);
  }

  /** It closes, or has failed to open: its part of every quota is another's, or nobody's. */
  void taskClosed(int partition, WaitingRoom room) {
    tasks.remove(partition, room);
  }

  /** What waits in a partition's task, for that task's thread only; null where it is not open. */
  @Nullable WaitingRoom waitingRoom(int partition) {
    return tasks.get(partition);
  }

  /** The part of every quota that is this process's, 0 to 1. */
  public double share() {
    return Math.min(1, (double) tasks.size() / partitions);
  }

  /** Whose work has come lately. */
  TenantsSeen tenantsSeen() {
    return tenantsSeen;
  }

  /** Whether work has come lately that overtakes other work. */
  public boolean hasUrgentWork() {
    return tenantsSeen.hasSeen(Priority.INTERACTIVE, clock.instant());
  }

  /** Work may come that overtakes other work: it did, before this process began. */
  public void urgentWorkMayCome() {
    tenantsSeen.sawClass(Priority.INTERACTIVE, clock.instant());
  }

  /** What there is to see of a lane now. */
  public LaneView view(Lane lane) {
    return gate(lane).view();
  }

  /**
   * Whether any lane but the one given has been used lately and could take another attempt: then
   * work for a lane that cannot should not hold up a partition.
   */
  boolean othersHaveRoom(LaneGate gate) {
    Instant lately = clock.instant().minus(LATELY);
    return gates.values().stream()
        .anyMatch(other -> other != gate && other.isUsedSince(lately) && other.hasRoom());
  }

  /**
   * Whether every lane that has work has committed attempts waiting for a permit: no call starts
   * sooner because the next commit comes sooner.
   */
  public boolean isAhead() {
    Instant justNow = clock.instant().minus(JUST_NOW);
    boolean any = false;
    for (LaneGate gate : gates.values()) {
      if (gate.isUsedSince(justNow)) {
        if (!gate.isAhead()) {
          return false;
        }
        any = true;
      }
    }
    return any;
  }

  /**
   * The attempt is committed: its call goes out as soon as its lane allows.
   *
   * @param flights the flights that share the call, in the order in which it asks for them
   * @param ticket what the attempt was intended with
   */
  void submit(ModelCall call, List<FlightId> flights, Ticket ticket, Mailbox mailbox) {
    OpenCall openCall = new OpenCall(call, flights, ticket, mailbox);
    calls.put(call.attemptId(), openCall);
    ticket.gate().submit(openCall);
    startReady(ticket.gate());
  }

  /**
   * Sends what waits for a time that has come. Called now and then by whoever has something in
   * flight.
   */
  void startReady() {
    gates.values().forEach(LaneGate::grant);
    gates.values().forEach(this::startReady);
    sweep();
  }

  private void startReady(LaneGate gate) {
    if (draining.get() || sending.get() == gate) {
      return;
    }
    LaneGate outer = sending.get();
    sending.set(gate);
    try {
      for (OpenCall next = gate.next(); next != null; next = gate.next()) {
        send(next);
      }
    } finally {
      if (outer == null) {
        sending.remove();
      } else {
        sending.set(outer);
      }
    }
  }

  private void send(OpenCall openCall) {
    Instant begunAt = clock.instant();
    CompletableFuture<ModelResult> end;
    try {
      end = client.call(openCall.call());
    } catch (RuntimeException | Error e) {
      // Whatever it was, the call must end, or its permit and its jobs wait for ever.
      end = CompletableFuture.failedFuture(e);
    }
    end.whenComplete((result, broken) ->
        ended(openCall, broken == null ? result : unexpected(openCall, broken), begunAt));
  }

  private static ModelResult unexpected(OpenCall openCall, Throwable broken) {
    tell(openCall, broken, "the model client failed unexpectedly");
    return ModelResult.Failed.of(CallFailure.INTERNAL, "the model client failed unexpectedly");
  }

  /** Says where it happened and not what: a message can quote a request. */
  private static void tell(OpenCall openCall, Throwable defect, String what) {
    LOG.atError()
        .addKeyValue("lane", openCall.gate().lane().name())
        .addKeyValue("failure", defect.getClass().getName())
        .addKeyValue("at", Arrays.stream(defect.getStackTrace()).limit(3).toList())
        .log(what);
  }

  private void ended(OpenCall openCall, ModelResult result, Instant begunAt) {
    Instant now = clock.instant();
    Duration openFor = Duration.between(begunAt, now);
    try {
      openCall.gate().ended(result, openCall, begunAt, openFor);
    } catch (RuntimeException | Error e) {
      // A defect of ours. The client would swallow it, and the call's jobs would wait for ever.
      tell(openCall, e, "a lane could not take note of a call's end");
    }
    Completion end = new Completion(openCall.call(), openCall.flights(), result, now, openFor);
    if (!openCall.end(end)) {
      departures.ended(EndedCalls.of(end));
      lookWhetherDrained();
    }
    startReady(openCall.gate());
  }

  /** The end of an attempt has been dealt with, and that is committed. */
  void forget(String attemptId) {
    calls.remove(attemptId);
    lookWhetherDrained();
  }

  /** A task opens and asks for an attempt that its store knows. */
  Found find(String attemptId, Mailbox mailbox) {
    OpenCall call = calls.get(attemptId);
    if (call != null) {
      call.attach(mailbox);
      departures.returned(attemptId);
      return Found.OPEN;
    }
    return neverSent.containsKey(attemptId) ? Found.NEVER_SENT : Found.UNKNOWN;
  }

  /** What other processes have told of theirs. */
  Elsewhere elsewhere() {
    return elsewhere;
  }

  /**
   * A task closes. Waits a moment until other processes can know what it leaves behind.
   *
   * @param unsent attempts that were not submitted and that its store may know
   */
  void release(Mailbox mailbox, List<String> unsent) {
    Instant now = clock.instant();
    List<String> withdrawn = new ArrayList<>(unsent);
    List<OpenCall> left = calls.values().stream().filter(c -> c.isOwnedBy(mailbox)).toList();
    for (OpenCall call : left) {
      if (call.gate().withdraw(call)) {
        calls.remove(call.attemptId());
        withdrawn.add(call.attemptId());
      } else {
        leave(call, now);
      }
    }
    withdrawn.forEach(id -> neverSent.put(id, now));
    if (!left.isEmpty() || !withdrawn.isEmpty()) {
      departures.tell(withdrawn);
    }
    lookWhetherDrained();
  }

  private void leave(OpenCall call, Instant now) {
    departures.leaving(call.attemptId());
    Completion end = call.detach(now);
    if (end != null) {
      departures.ended(EndedCalls.of(end));
    }
  }

  private void sweep() {
    Instant now = clock.instant();
    Instant before = sweptAt.get();
    if (now.isBefore(before.plus(SWEEP_GAP)) || !sweptAt.compareAndSet(before, now)) {
      return;
    }
    Instant longAgo = now.minus(ORPHAN_TTL);
    calls.values().removeIf(call -> call.isForgotten(longAgo));
    neverSent.values().removeIf(at -> at.isBefore(longAgo));
  }

  /** Gives up a call that has not gone out; false where it has. */
  boolean withdraw(String attemptId) {
    OpenCall call = calls.get(attemptId);
    if (call == null || !call.gate().withdraw(call)) {
      return false;
    }
    calls.remove(attemptId);
    lookWhetherDrained();
    return true;
  }

  /** From now on no call goes out; the open ones may end. */
  public void drain() {
    draining.set(true);
    gates.values().forEach(LaneGate::close);
    lookWhetherDrained();
  }

  /** Whether {@link #drain} was called. */
  public boolean isDraining() {
    return draining.get();
  }

  /**
   * Waits until every call that a task waits for has ended and what it brought is committed, or
   * told to the process that has the task now; false where that takes longer than the time given.
   * Not for stream threads.
   */
  public boolean awaitDrained(Duration timeout) {
    try {
      return drained.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void lookWhetherDrained() {
    if (draining.get() && calls.values().stream().noneMatch(OpenCall::isAwaited)) {
      drained.countDown();
    }
  }

  /** Calls that somebody waits for, by how far they have come. */
  public UnsettledCalls unsettled() {
    return UnsettledCalls.of(calls.values());
  }
}
