/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import io.streambed.processors.job.Due;
import io.streambed.schemas.UsageEvent;
import io.streambed.schemas.state.EndedCall;
import io.streambed.schemas.state.FlightState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Attempts that a task's store knows and its process does not: a crash or a move has cut them off.
 * One that another process has open is waited for, and its end taken as if it had been this one's;
 * any other may have been billed, which is accounted for, and its flights go on. Owned by the
 * task's stream thread.
 */
final class StrayAttempts {

  /** Most that are dealt with before the next commit. */
  private static final int SLICE = 50;

  private final Flights flights;
  private final Elsewhere elsewhere;
  private final CallFactory factory;
  private final Outcomes outcomes;
  private final Allowances allowances;
  private final Ends ends;
  private final int crashLoopLimit;
  private final Consumer<Due> due;

  /** By attempt, the flights that share it. */
  private final Map<String, List<Flight>> batches = new LinkedHashMap<>();

  private Instant since = Instant.MIN;

  StrayAttempts(
      Flights flights,
      InvocationParts parts,
      CallFactory factory,
      Outcomes outcomes,
      Allowances allowances,
      Ends ends,
      Consumer<Due> due) {
    this.flights = flights;
    this.elsewhere = parts.calls().elsewhere();
    this.factory = factory;
    this.outcomes = outcomes;
    this.allowances = allowances;
    this.ends = ends;
    this.crashLoopLimit = parts.config().retry().crashLoopLimit();
    this.due = due;
  }

  boolean has(String attemptId) {
    return batches.containsKey(attemptId);
  }

  /** The task opens and finds a flight with an attempt that is not known. */
  void add(String attemptId, Flight flight, Instant now) {
    since = now;
    batches.computeIfAbsent(attemptId, id -> new ArrayList<>()).add(flight);
  }

  /** Deals with those whose fate is known, up to {@link #SLICE}; returns whether there was any. */
  boolean takeUp(Instant now) {
    int taken = 0;
    Iterator<Map.Entry<String, List<Flight>>> all = batches.entrySet().iterator();
    while (taken < SLICE && all.hasNext()) {
      Map.Entry<String, List<Flight>> next = all.next();
      Elsewhere.Word word = elsewhere.look(next.getKey(), since, now);
      if (word instanceof Elsewhere.Word.Wait) {
        continue;
      }
      taken++;
      all.remove();
      List<Flight> batch = next.getValue();
      switch (word) {
        case Elsewhere.Word.Ended(EndedCall end) -> ended(end, batch, now);
        case Elsewhere.Word.NeverSent none ->
            batch.forEach(flight -> goOn(flight, FlightStates.withdrawn(flight.state()), now));
        case Elsewhere.Word other -> lost(batch, now);
      }
    }
    return taken > 0;
  }

  private void ended(EndedCall told, List<Flight> batch, Instant now) {
    List<FlightId> order = EndedCalls.flights(told);
    List<Flight> sorted =
        batch.stream()
            .sorted(Comparator.comparingInt(flight -> order.indexOf(flight.id())))
            .toList();
    Optional<Completion> end =
        isTheSame(told, order, batch)
            ? factory
                .tryCall(told.getAttemptId(), sorted)
                .flatMap(call -> EndedCalls.completion(told, call))
            : Optional.empty();
    end.ifPresentOrElse(known -> ends.ended(known, sorted, now), () -> lost(batch, now));
  }

  /** Whether the call can be made again here as it was made there. */
  private boolean isTheSame(EndedCall told, List<FlightId> order, List<Flight> batch) {
    Set<FlightId> ours = batch.stream().map(Flight::id).collect(Collectors.toSet());
    return order.size() == batch.size()
        && ours.containsAll(order)
        && batch.stream()
            .allMatch(flight ->
                flights.isConfigured(flight)
                    && flight
                        .state()
                        .getAttempt()
                        .filter(attempt -> attempt.getId().equals(told.getAttemptId()))
                        .filter(attempt -> attempt.getLane().equals(flight.lane().name()))
                        .isPresent());
  }

  private void lost(List<Flight> batch, Instant now) {
    UsageEvent event = outcomes.possiblyBilled(batch, now);
    due.accept(new Due.Used(event));
    allowances.used(batch, event.getCostPicoDollars());
    for (Flight flight : batch) {
      FlightState state =
          FlightStates.interrupted(flight.state(), flight.state().getAttempt().orElseThrow());
      if (flight.hasWaiters()
          && flights.isConfigured(flight)
          && state.getInterrupted().size() >= crashLoopLimit) {
        flights.giveUp(flight, state, Failures.crashLoop(state.getInterrupted().size()));
      } else {
        goOn(flight, state, now);
      }
    }
  }

  private void goOn(Flight flight, FlightState state, Instant now) {
    if (!flight.hasWaiters()) {
      flights.drop(flight);
    } else if (!flights.isConfigured(flight)) {
      flights.giveUp(flight, state, flights.unknownModel(flight));
    } else {
      flights.write(flight, state);
      flights.park(flight, now);
    }
  }
}
