/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import io.streambed.processors.job.Due;
import io.streambed.processors.model.Lane;
import io.streambed.processors.model.ModelCall;
import io.streambed.processors.model.ModelCall.PromptCall;
import io.streambed.schemas.state.AttemptRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one task: intends them, hands them to the process's calls once their transaction
 * has committed, and deals with their ends. Owned by the task's stream thread.
 */
final class Attempts {

  /**
   * Most attempts that are intended before the next commit: a JVM that has just started takes
   * milliseconds for each, and calls go out when one has returned.
   */
  private static final int SLICE = 50;

  private record Intention(ModelCall call, List<FlightId> flights, Ticket ticket) {}

  private final Flights flights;
  private final Calls calls;
  private final CallFactory factory;
  private final Outcomes outcomes;
  private final Allowances allowances;
  private final InvocationConfig config;
  private final Ends ends;
  private final StrayAttempts strays;
  private final Supplier<String> ids;
  private final Mailbox mailbox;
  private final Map<String, List<Flight>> underway = new HashMap<>();
  private final Set<String> neverSent = new HashSet<>();
  private final List<Intention> intended = new ArrayList<>();

  /** Attempts whose end was dealt with since the last commit. */
  private final List<String> dealtWith = new ArrayList<>();

  Attempts(
      Flights flights,
      InvocationParts parts,
      CallFactory factory,
      Mailbox mailbox,
      Allowances allowances,
      Consumer<Due> due) {
    this.flights = flights;
    this.calls = parts.calls();
    this.factory = factory;
    this.mailbox = mailbox;
    this.outcomes = new Outcomes(parts.prices(), parts.answers().ttl());
    this.allowances = allowances;
    this.config = parts.config();
    this.ends =
        new Ends(
            flights, outcomes, allowances, new RetryPolicy(config.retry()), parts.random(), due);
    this.ids = parts.attemptIds();
    this.strays = new StrayAttempts(flights, parts, factory, outcomes, allowances, ends, due);
  }

  /** Looks for an attempt that the store knows; its end comes to this task if it is found open. */
  Calls.Found find(String attemptId, Flight flight, Instant now) {
    List<Flight> batch = underway.get(attemptId);
    if (batch != null) {
      batch.add(flight);
      return Calls.Found.OPEN;
    }
    if (neverSent.contains(attemptId)) {
      return Calls.Found.NEVER_SENT;
    }
    Calls.Found found =
        strays.has(attemptId) ? Calls.Found.UNKNOWN : calls.find(attemptId, mailbox);
    switch (found) {
      case OPEN -> underway.put(attemptId, new ArrayList<>(List.of(flight)));
      case UNKNOWN -> strays.add(attemptId, flight, now);
      case NEVER_SENT -> neverSent.add(attemptId);
    }
    return found;
  }

  /**
   * Intends an attempt for every ticket that has come, up to {@link #SLICE}; returns whether there
   * was any.
   */
  boolean intend(Instant now) {
    flights.waiting().askForGroups(now);
    boolean any = false;
    for (int taken = 0; taken < SLICE; taken++) {
      Ticket ticket = mailbox.takeTicket();
      if (ticket == null) {
        return any;
      }
      if (ticket.gate().accept(ticket)) {
        any = true;
        intend(ticket, now);
      }
    }
    return any;
  }

  private void intend(Ticket ticket, Instant now) {
    List<Flight> batch = new ArrayList<>(flights.waiting().take(ticket));
    batch.removeIf(
        flight -> flights.expireIfLate(flight, now) || allowances.claimIfShort(flight, now));
    if (batch.isEmpty()) {
      ticket.giveBack();
      return;
    }
    long bytes = batch.stream().mapToLong(Flight::contentBytes).sum();
    Ticket fitting =
        bytes == ticket.claim().bytes()
            ? ticket
            : ticket.gate().resize(ticket, bytes, ticket.claim().maxTokens());
    ModelCall call = call(batch, fitting);
    if (call == null) {
      giveUpUncallable(batch, now);
    } else {
      intend(batch, call, fitting, now);
    }
  }

  /** The call that a ticket was taken for; the ticket is given back where there is none. */
  private @Nullable ModelCall call(List<Flight> batch, Ticket ticket) {
    ModelCall call = null;
    try {
      call = factory.tryCall(ids.get(), batch).orElse(null);
    } finally {
      if (call == null) {
        ticket.giveBack();
      }
    }
    return call;
  }

  /** Ends the flights of a batch of which no call can be made; the others of it go next. */
  private void giveUpUncallable(List<Flight> batch, Instant now) {
    List<Flight> callable = new ArrayList<>();
    for (Flight flight : batch) {
      if (batch.size() > 1 && factory.tryCall(ids.get(), List.of(flight)).isPresent()) {
        callable.add(flight);
      } else {
        flights.giveUp(flight, flight.state(), Failures.unreadableState());
      }
    }
    flights.parkFirst(callable, now);
  }

  private void intend(List<Flight> batch, ModelCall call, Ticket ticket, Instant now) {
    LaneGate gate = ticket.gate();
    String id = call.attemptId();
    int maxTokens = call instanceof PromptCall prompt ? prompt.maxTokens() : 0;
    for (Flight flight : batch) {
      long bound = outcomes.upperBound(gate.lane(), flight.contentBytes(), maxTokens, now);
      AttemptRef attempt = new AttemptRef(id, gate.lane().name(), bound, batch.size());
      flights.write(flight, FlightStates.intended(flight.state(), attempt, now));
      flight.phase(new Phase.Underway(id));
    }
    underway.put(id, batch);
    List<FlightId> order = batch.stream().map(Flight::id).toList();
    if (config.eager()) {
      calls.submit(call, order, ticket, mailbox);
    } else {
      intended.add(new Intention(call, order, ticket));
    }
  }

  /**
   * The transaction has committed that holds the intentions and what ends have brought: the calls
   * may go out, and the ends are known to the stores. Until then the process keeps them for a task
   * whose transaction fails.
   */
  void committed() {
    dealtWith.forEach(calls::forget);
    dealtWith.clear();
    if (!calls.isDraining()) {
      intended.forEach(i -> calls.submit(i.call(), i.flights(), i.ticket(), mailbox));
      intended.clear();
    }
  }

  /** Deals with calls that have ended, up to a limit; returns whether there was any. */
  boolean takeEnds(int limit, Instant now) {
    boolean any = false;
    for (int taken = 0; taken < limit; taken++) {
      Completion end = mailbox.take();
      if (end == null) {
        return any;
      }
      any = true;
      dealtWith.add(end.call().attemptId());
      List<Flight> batch = underway.remove(end.call().attemptId());
      if (batch != null) {
        ends.ended(end, inOrder(batch, end.flights()), now);
      }
    }
    return any;
  }

  /**
   * After a restart the stores give the flights of a batch in another order than that of the call.
   */
  private static List<Flight> inOrder(List<Flight> batch, List<FlightId> order) {
    return batch.stream()
        .sorted(Comparator.comparingInt(flight -> order.indexOf(flight.id())))
        .toList();
  }

  /**
   * Deals with attempts that a crash or a move has cut off, a slice of those whose fate is known;
   * returns whether there was any.
   */
  boolean recover(Instant now) {
    return strays.takeUp(now);
  }

  /** Takes back what has not gone out, so that a later start need not doubt it. */
  boolean withdraw(Instant now) {
    List<String> unsent = new ArrayList<>();
    intended.forEach(i -> {
      i.ticket().giveBack();
      unsent.add(i.call().attemptId());
    });
    intended.clear();
    underway.keySet().stream().filter(calls::withdraw).forEach(unsent::add);
    park(unsent, now);
    return !unsent.isEmpty();
  }

  /** Takes back the attempt of a flight that shares it with none, if it has not gone out. */
  void takeBack(Flight flight, Instant now) {
    if (flight.phase() instanceof Phase.Underway(String id)
        && underway.getOrDefault(id, List.of()).size() == 1
        && (takeBackIntention(id) || calls.withdraw(id))) {
      park(List.of(id), now);
    }
  }

  private boolean takeBackIntention(String attemptId) {
    for (Intention one : intended) {
      if (one.call().attemptId().equals(attemptId)) {
        one.ticket().giveBack();
        return intended.remove(one);
      }
    }
    return false;
  }

  /**
   * Takes back what waits for a lane that is throttled, broken or stopped, where another takes it;
   * returns whether there was any.
   */
  boolean leaveBadLanes(Instant now) {
    Set<Lane> bad = flights.waiting().badLanes();
    if (bad.isEmpty()) {
      return false;
    }
    List<String> unsent =
        underway.entrySet().stream()
            .filter(attempt -> attempt.getValue().stream().allMatch(f -> mayLeave(f, bad, now)))
            .map(Map.Entry::getKey)
            .filter(calls::withdraw)
            .toList();
    park(unsent, now);
    return !unsent.isEmpty();
  }

  private boolean mayLeave(Flight flight, Set<Lane> bad, Instant now) {
    return flight.routes().size() > 1
        && bad.contains(flight.lane())
        && flights
            .waiting()
            .hasOtherLane(flight, FlightStates.failedOn(flight.state(), flight.lane().name()), now);
  }

  private void park(List<String> unsent, Instant now) {
    for (String attemptId : unsent) {
      List<Flight> batch = underway.remove(attemptId);
      for (Flight flight : batch == null ? List.<Flight>of() : batch) {
        flights.write(flight, FlightStates.withdrawn(flight.state()));
        flights.park(flight, now);
      }
    }
  }

  /** The task closes: open calls stay with the process, the others are given up. */
  void close() {
    intended.forEach(i -> i.ticket().giveBack());
    List<String> unsent = intended.stream().map(i -> i.call().attemptId()).toList();
    intended.clear();
    calls.release(mailbox, unsent);
  }
}
