/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import io.streambed.processors.answers.AnswerStore;
import io.streambed.processors.limit.FairQueue.Flow;
import io.streambed.processors.model.Lane;
import io.streambed.processors.model.ModelAlias;
import io.streambed.processors.model.Route;
import io.streambed.schemas.state.AttemptRef;
import io.streambed.schemas.state.FlightState;
import io.streambed.schemas.state.Job;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Takes up what the store of a task holds when it starts or has moved. */
record Restoration(
    FlightStore store,
    AnswerStore answers,
    Map<String, ModelAlias> models,
    Tenants tenants,
    RetryPolicy policy,
    Flights flights,
    Attempts attempts,
    Cancelling cancelling,
    boolean budgets) {

  /** Reads every job and attempt, and resumes their flights; returns how many there are. */
  int run(Instant now) {
    Map<FlightId, FlightState> states = new HashMap<>();
    store.forEachState(states::put);
    Map<FlightId, Flight> found = new LinkedHashMap<>();
    store.forEachJob((place, job) -> {
      Flight flight = found.computeIfAbsent(place.flight(), id -> flight(id, job, now));
      FlightState state = states.get(place.flight());
      if (state != null && state.getKeptJob() == place.number()) {
        flight.skip(place.number());
      } else {
        flight.add(place.number(), job);
      }
      Flow flow = tenants.flow(job);
      if (flight.isLessUrgentThan(flow)) {
        flight.flow(flow);
      }
    });
    for (Flight flight : found.values()) {
      FlightState state = states.get(flight.id());
      if (state != null) {
        flight.state(state);
      }
      flight.phase(phase(flight, now));
      flights.resume(flight);
      cancelling.resumed(flight);
    }
    return found.size();
  }

  /** Its content stays on disk until its call is made, and counts for nothing in memory. */
  private Flight flight(FlightId id, Job founder, Instant now) {
    Flight flight =
        new Flight(id, founder, alias(founder), tenants.flow(founder), 0, new Phase.Parked(now));
    flight.contentBytes(founder.getContent().map(ByteBuffer::remaining).orElse(0));
    return flight;
  }

  private Phase phase(Flight flight, Instant now) {
    FlightState state = flight.state();
    Optional<Phase> answered =
        state
            .getAnsweredBy()
            .flatMap(attempt -> answers.of(flight.fingerprint(), attempt))
            .map(Phase.Answered::new);
    if (answered.isPresent()) {
      return answered.get();
    }
    return state
        .getAttempt()
        .map(attempt -> attempted(flight, attempt, now))
        .orElseGet(() -> waiting(flight, now));
  }

  private Phase waiting(Flight flight, Instant now) {
    if (!flights.isConfigured(flight)) {
      return new Phase.GivenUp(flights.unknownModel(flight));
    }
    if (!flight.hasWaiters()) {
      // Its jobs have expired and were settled; what is left of it goes with the finished ones.
      return new Phase.GivenUp(Failures.expired());
    }
    if (flight.state().getClaiming()) {
      if (budgets) {
        return new Phase.Claiming();
      }
      flight.state(FlightStates.reserved(flight.state(), 0, false));
    }
    return flight
        .state()
        .getNotBefore()
        .filter(now::isBefore)
        .<Phase>map(at -> new Phase.Delayed(policy.notBefore(at, now)))
        .orElse(new Phase.Parked(now));
  }

  private Phase attempted(Flight flight, AttemptRef attempt, Instant now) {
    flight.routes().stream()
        .map(Route::lane)
        .filter(lane -> lane.name().equals(attempt.getLane()))
        .forEach(flight::lane);
    return switch (attempts.find(attempt.getId(), flight, now)) {
      case OPEN -> new Phase.Underway(attempt.getId());
      case UNKNOWN -> new Phase.Interrupted();
      case NEVER_SENT -> {
        flight.state(FlightStates.withdrawn(flight.state()));
        yield waiting(flight, now);
      }
    };
  }

  /** A model that is configured no more still has a name, which the dead letter gives. */
  private ModelAlias alias(Job job) {
    ModelAlias known = models.get(job.getModel());
    return known != null
        ? known
        : ModelAlias.of(job.getModel(), job.getOperation(), new Lane("", "", 1), "", 1);
  }
}
