/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import io.streambed.processors.job.Cancellations;
import io.streambed.processors.job.Due;
import io.streambed.processors.job.EncodedJob;
import io.streambed.processors.job.Fingerprint;
import io.streambed.processors.job.Work;
import io.streambed.processors.limit.FairQueue.Flow;
import io.streambed.processors.model.ModelAlias;
import io.streambed.schemas.CachePolicy;
import io.streambed.schemas.Priority;
import io.streambed.schemas.state.Answer;
import io.streambed.schemas.state.BudgetGrant;
import io.streambed.schemas.state.Failure;
import io.streambed.schemas.state.FlightState;
import io.streambed.schemas.state.Job;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The flights of one task: which jobs wait for which work, where each stands, and what their stores
 * hold of it. Every change that a restart must know of is written here before it counts. Owned by
 * the task's stream thread.
 */
final class Flights {

  /** Most jobs that are settled at one go, so that a crowd of waiters holds up no other work. */
  private static final int SETTLE_SLICE = 1_000;

  /** What became of a job. */
  enum Taken {
    /** It has a flight now, or is settled. */
    YES,
    /** Its lane cannot take it now and it would stand in the way of others. */
    HOLD
  }

  private final FlightStore store;
  private final Map<String, ModelAlias> models;
  private final Load load;
  private final Tenants tenants;
  private final WaitingRoom waiting;
  private final Allowances allowances;
  private final Consumer<Due> due;
  private final Settling settling;
  private final Timers timers = new Timers();
  private final RequestIndex requests = new RequestIndex();
  private final Map<FlightId, Flight> byId = new LinkedHashMap<>();
  private final Map<Fingerprint, Flight> byFingerprint = new HashMap<>();
  private final Deque<Flight> finished = new ArrayDeque<>();

  /** Those of the finished whose stores do not know yet that they are. */
  private final List<Flight> unwritten = new ArrayList<>();

  /**
   * @param mailbox where tickets are posted
   */
  Flights(
      FlightStore store,
      InvocationParts parts,
      Mailbox mailbox,
      Allowances allowances,
      Consumer<Due> due) {
    this.store = store;
    this.models = parts.models();
    this.load = parts.load();
    this.tenants = parts.tenants();
    this.waiting = new WaitingRoom(parts, mailbox);
    this.allowances = allowances;
    this.due = due;
    this.settling = new Settling(store, load, timers, requests, allowances, due);
  }

  /**
   * Takes a job in: it joins the flight of equal work, or begins one. A stopped lane takes one now
   * and then, to find out whether it runs again.
   *
   * @param coming with its content
   * @param again whether it was held before
   */
  Taken take(EncodedJob coming, boolean again, Instant now) {
    Job job = coming.job();
    ModelAlias alias = models.get(job.getModel());
    ByteBuffer content = job.getContent().orElseGet(() -> ByteBuffer.allocate(0));
    if (alias == null) {
      Failure failure = Failures.unknownModel(job.getModel(), models.keySet());
      due.accept(new Due.Failed(job, content, failure, Work.none(0), "", List.of()));
      allowances.giveBack(job.getTenant(), job.getReservedPicoDollars());
      return Taken.YES;
    }
    Fingerprint fingerprint = Flight.fingerprintOf(job);
    LaneGate gate = waiting.gateFor(job, alias, fingerprint, now);
    boolean stopped = gate.condition() instanceof LaneCondition.Stopped;
    if (stopped && !gate.hasRoom()) {
      // Not even to join a flight: as many as come would stay in memory for as long as it lasts.
      return Taken.HOLD;
    }
    Flow flow = tenants.flow(job);
    waiting.saw(flow, now);
    Flight known = byFingerprint.get(fingerprint);
    if (known != null && known.admits(job.getCachePolicy())) {
      join(known, job, flow, content, now);
      return Taken.YES;
    }
    if (waiting.isBacklogged(gate, flow, again)
        && (stopped || waiting.isInTheWay(gate, flow, now))) {
      return Taken.HOLD;
    }
    begin(coming, alias, flow, content, now);
    return Taken.YES;
  }

  private void join(Flight flight, Job job, Flow flow, ByteBuffer content, Instant now) {
    // Equal fingerprints nearly always mean equal bytes; where they do not, the job keeps its own.
    if (content.equals(store.founder(flight.id()).getContent().orElseThrow())) {
      job.put("content", null);
    }
    Flight.Waiter waiter = flight.add(job);
    store.putJob(flight.id(), waiter.number(), job);
    watch(flight, waiter);
    load.add(1, 0);
    allow(flight, job.getReservedPicoDollars(), now);
    if (flight.isLessUrgentThan(flow)) {
      waiting.hurry(flight, flow);
    }
  }

  /** A flight gets more of its tenant's budget; one that waits for that goes on with enough. */
  private void allow(Flight flight, long amount, Instant now) {
    if (amount > 0 && allowances.add(flight, amount, now)) {
      park(flight, now);
    }
  }

  /** A budget has answered a flight, which may have ended meanwhile. */
  void granted(BudgetGrant grant, Instant now) {
    Flight flight = byId.get(FlightId.read(grant.getFlight().duplicate()));
    if (flight == null || !(flight.phase() instanceof Phase.Claiming)) {
      allowances.giveBack(grant.getTenant(), grant.getReservedPicoDollars());
      return;
    }
    grant
        .getRefusal()
        .ifPresentOrElse(
            failure -> giveUp(flight, FlightStates.reserved(flight.state(), 0, false), failure),
            () -> allow(flight, grant.getReservedPicoDollars(), now));
  }

  private void begin(
      EncodedJob founder, ModelAlias alias, Flow flow, ByteBuffer content, Instant now) {
    Job job = founder.job();
    FlightId id = FlightId.of(job);
    Flight flight = new Flight(id, job, alias, flow, content.remaining(), new Phase.Parked(now));
    watch(flight, flight.add(job));
    store.putFounder(id, founder);
    load.add(1, flight.loadedBytes());
    register(flight);
    waiting.queue(flight, now);
  }

  /**
   * Settles all jobs of a flight where none of them can be answered in time; false where one can.
   */
  boolean expireIfLate(Flight flight, Instant now) {
    boolean late = waiting.isTooLate(flight, now);
    if (late) {
      giveUp(flight, flight.state(), Failures.tooLate());
    }
    return late;
  }

  private void watch(Flight flight, Flight.Waiter waiter) {
    timers.watch(flight, waiter);
    requests.add(flight, waiter);
  }

  private void register(Flight flight) {
    byId.put(flight.id(), flight);
    if (flight.policy() != CachePolicy.BYPASS) {
      byFingerprint.put(flight.fingerprint(), flight);
    }
  }

  /** Takes up a flight that the stores knew at start; its phase says how it goes on. */
  void resume(Flight flight) {
    register(flight);
    load.add(flight.waiterCount(), flight.loadedBytes());
    flight.firstWaiters(Integer.MAX_VALUE).forEach(waiter -> watch(flight, waiter));
    switch (flight.phase()) {
      case Phase.Parked(Instant now) -> waiting.queue(flight, now);
      case Phase.Delayed(Instant until) -> timers.wake(flight, until);
      case Phase.Answered answered -> finished.add(flight);
      case Phase.GivenUp givenUp -> finished.add(flight);
      case Phase.Underway underway -> {}
      case Phase.Interrupted interrupted -> {}
      case Phase.Claiming claiming -> {}
    }
  }

  /**
   * The flight waits for a ticket again, or before that for its budget; it ends where nobody waits
   * for it.
   */
  void park(Flight flight, Instant now) {
    if (!flight.hasWaiters()) {
      drop(flight);
      return;
    }
    if (allowances.claimIfShort(flight, now)) {
      return;
    }
    flight.phase(new Phase.Parked(now));
    waiting.queue(flight, now);
  }

  /** Writes how far a flight has come. */
  void write(Flight flight, FlightState state) {
    flight.state(state);
    store.putState(flight.id(), state);
  }

  /** The flight waits for its back-off, which its store knows of. */
  void delay(Flight flight, FlightState state, Instant until) {
    write(flight, FlightStates.delayed(state, until));
    flight.phase(new Phase.Delayed(until));
    timers.wake(flight, until);
  }

  /** The flight has its answer; its jobs are settled with it, in slices. */
  void answer(Flight flight, FlightState state, Answer answer) {
    due.accept(new Due.Learned(flight.fingerprint(), answer));
    finish(flight, state, new Phase.Answered(answer));
  }

  /** The flight gets no answer; its jobs are settled as dead letters, in slices. */
  void giveUp(Flight flight, FlightState state, Failure failure) {
    finish(flight, state, new Phase.GivenUp(failure));
  }

  private void finish(Flight flight, FlightState state, Phase phase) {
    flight.state(state);
    flight.phase(phase);
    finished.add(flight);
    unwritten.add(flight);
  }

  /**
   * Settles jobs of finished flights, one slice; returns whether there were any. To be called
   * before the next commit after a flight has finished: what is left is written down then, because
   * the end of its call is committed with it and must not be doubted afterwards.
   */
  boolean settleFinished(Instant now) {
    int budget = SETTLE_SLICE;
    boolean any = false;
    while (budget > 0 && !finished.isEmpty()) {
      Flight flight = finished.element();
      any = true;
      budget -= Math.max(1, settling.settle(flight, budget, now));
      if (!flight.hasWaiters()) {
        finished.remove();
        unregister(flight);
      }
    }
    unwritten.stream().filter(Flight::hasWaiters).forEach(flight -> writeFinished(flight, now));
    unwritten.clear();
    return any;
  }

  private void writeFinished(Flight flight, Instant now) {
    if (flight.isWaiting(flight.payer())) {
      settling.settle(flight, 1, now);
    }
    if (flight.hasWaiters()) {
      write(
          flight,
          flight.phase() instanceof Phase.Answered(Answer answer)
              ? FlightStates.answeredBy(flight.state(), answer.getAttemptId())
              : FlightStates.paid(flight.state()));
    }
  }

  private void unregister(Flight flight) {
    byId.remove(flight.id());
    byFingerprint.remove(flight.fingerprint(), flight);
  }

  /**
   * Settles jobs whose deadline has passed, one slice, and wakes flights whose back-off has ended;
   * returns whether any was settled.
   */
  boolean keepTime(Instant now) {
    boolean any = false;
    for (int i = 0; i < SETTLE_SLICE; i++) {
      Timers.Deadline passed = timers.passedDeadline(now);
      if (passed == null) {
        break;
      }
      any |= settleEarly(passed.flight(), passed.waiter(), Failures.expired(), now);
    }
    for (Timers.Backoff b = timers.endedBackoff(now); b != null; b = timers.endedBackoff(now)) {
      if (byId.get(b.flight().id()) == b.flight() && b.flight().phase() instanceof Phase.Delayed) {
        park(b.flight(), now);
      }
    }
    return any;
  }

  /** Where the jobs of a request wait. */
  List<RequestIndex.Place> placesOf(Cancellations.Request request) {
    return requests.of(request);
  }

  /**
   * Settles a job that does not wait for its flight any more; the flight goes on for the others,
   * and while its call is open; false where it has its answer, or the job was settled before.
   */
  boolean settleEarly(Flight flight, Flight.Waiter waiter, Failure failure, Instant now) {
    boolean finishing =
        flight.phase() instanceof Phase.Answered || flight.phase() instanceof Phase.GivenUp;
    if (finishing || !flight.isWaiting(waiter.number())) {
      return false;
    }
    boolean underway =
        flight.phase() instanceof Phase.Underway || flight.phase() instanceof Phase.Interrupted;
    boolean last = flight.waiterCount() == 1;
    settling.settleAlone(flight, waiter, failure, last && !underway, now);
    // Where the call goes on its answer is still worth keeping, and has to be accounted for.
    if (last && !underway) {
      drop(flight);
    }
    return true;
  }

  /** Ends a flight that nobody waits for. */
  void drop(Flight flight) {
    if (flight.phase() instanceof Phase.Parked) {
      waiting.remove(flight);
    }
    settling.forget(flight);
    unregister(flight);
  }

  /** Puts flights back whose shared call was refused; those end that nobody waits for. */
  void parkFirst(List<Flight> flights, Instant now) {
    List<Flight> wanted = flights.stream().filter(Flight::hasWaiters).toList();
    flights.stream().filter(flight -> !flight.hasWaiters()).forEach(this::drop);
    wanted.forEach(flight -> flight.phase(new Phase.Parked(now)));
    waiting.addFirst(wanted);
  }

  /** Whether the flight's model is still configured. */
  boolean isConfigured(Flight flight) {
    return models.containsKey(flight.alias().alias());
  }

  Failure unknownModel(Flight flight) {
    return Failures.unknownModel(flight.alias().alias(), models.keySet());
  }

  /** Whether no more jobs of some classes should come in for now. */
  boolean isFull(Set<Priority> classes, Instant now) {
    return load.isFull() || waiting.isFull(classes, now);
  }

  /** Those of them that wait for a lane. */
  WaitingRoom waiting() {
    return waiting;
  }

  boolean isEmpty() {
    return byId.isEmpty();
  }

  /** The task closes: its flights are in memory no more. */
  void close() {
    for (Flight flight : byId.values()) {
      load.add(-flight.waiterCount(), -flight.loadedBytes());
    }
    byId.clear();
    store.close();
    waiting.close();
  }
}
