/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import io.streambed.processors.job.Fingerprint;
import io.streambed.processors.limit.FairQueue.Flow;
import io.streambed.processors.model.Lane;
import io.streambed.processors.model.ModelAlias;
import io.streambed.processors.model.Route;
import io.streambed.schemas.Priority;
import io.streambed.schemas.state.FlightState;
import io.streambed.schemas.state.Job;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The flights of one task that wait for a ticket, each for the lane that suits it best, and whether
 * more of their kind should come in. Owned by the task's stream thread.
 */
final class WaitingRoom {

  /** Most flights for which another lane is looked for at one go. */
  private static final int REROUTE_SLICE = 20;

  private final Calls calls;
  private final Lanes lanes;
  private final InvocationConfig config;
  private final Tenants tenants;
  private final Mailbox mailbox;
  private final Map<LaneGate, ParkingLot> lots = new LinkedHashMap<>();

  /**
   * @param mailbox where tickets are posted
   */
  WaitingRoom(InvocationParts parts, Mailbox mailbox) {
    this.calls = parts.calls();
    this.lanes = new Lanes(calls);
    this.config = parts.config();
    this.tenants = parts.tenants();
    this.mailbox = mailbox;
  }

  /** The gate of the lane that a job would wait for if it came in now. */
  LaneGate gateFor(Job job, ModelAlias alias, Fingerprint fingerprint, Instant now) {
    int bytes = job.getContent().map(ByteBuffer::remaining).orElse(0);
    List<Route> routes = Flight.routes(alias, job, bytes, fingerprint);
    return calls.gate(lanes.choose(routes, alias, List.of(), job.getDeadline(), now));
  }

  /** The flight waits for a ticket of the lane that suits it best. */
  void queue(Flight flight, Instant now) {
    flight.lane(best(flight, now));
    add(flight);
  }

  private Lane best(Flight flight, Instant now) {
    return lanes.choose(
        flight.routes(), flight.alias(), flight.state().getPassedLanes(), flight.deadline(), now);
  }

  /** The flight waits for a ticket of its lane. */
  void add(Flight flight) {
    lotOf(flight).add(flight);
  }

  /** A job that is more urgent has joined a flight, which may wait or not. */
  void hurry(Flight flight, Flow flow) {
    boolean waits = flight.phase() instanceof Phase.Parked;
    if (waits) {
      remove(flight);
    }
    flight.flow(flow);
    if (waits) {
      add(flight);
    }
  }

  /** Flights of one lane wait for it again, before others. */
  void addFirst(List<Flight> flights) {
    if (!flights.isEmpty()) {
      lotOf(flights.getFirst()).addFirst(flights);
    }
  }

  /** The flight does not wait any more. */
  void remove(Flight flight) {
    lotOf(flight).remove(flight);
  }

  /** Flights that wait for a lane which cannot take them, a few, wait for another that can. */
  void reroute(Instant now) {
    for (Map.Entry<LaneGate, ParkingLot> lot : List.copyOf(lots.entrySet())) {
      if (!lot.getValue().isEmpty() && lot.getKey().room() != Router.Room.NOW) {
        lot.getValue().first(REROUTE_SLICE).stream()
            .filter(flight -> flight.routes().size() > 1)
            .filter(flight -> !best(flight, now).equals(flight.lane()))
            .forEach(flight -> {
              lot.getValue().remove(flight);
              queue(flight, now);
            });
      }
    }
  }

  /** Whether a lane that has not failed the flight lately works, so that no back-off is needed. */
  boolean hasOtherLane(Flight flight, FlightState state, Instant now) {
    return lanes.hasOther(flight.routes(), state.getPassedLanes(), flight.deadline(), now);
  }

  /** Whether no answer can be had before the deadlines of all jobs of the flight. */
  boolean isTooLate(Flight flight, Instant now) {
    return lanes.areTooSlow(flight.routes(), flight.deadline(), now);
  }

  /** Lanes that take nothing just now while committed attempts wait for them. */
  Set<Lane> badLanes() {
    return lots.keySet().stream()
        .filter(gate -> gate.readyCalls() > 0)
        .filter(gate -> !(gate.condition() instanceof LaneCondition.Running))
        .map(LaneGate::lane)
        .collect(Collectors.toSet());
  }

  /** Asks for tickets for groups of texts that have waited for each other long enough. */
  void askForGroups(Instant now) {
    lots.values().forEach(lot -> lot.askForGroups(now));
  }

  /** Takes the flights out that go with a ticket; none if they have left. */
  List<Flight> take(Ticket ticket) {
    return lot(ticket.gate()).take(ticket.claim());
  }

  /** Work has come. */
  void saw(Flow flow, Instant now) {
    calls.tenantsSeen().saw(flow, now);
  }

  /**
   * Whether so much of a tenant and class waits for a lane that no more of it should.
   *
   * @param again whether it is for a job that was held before
   */
  boolean isBacklogged(LaneGate gate, Flow flow, boolean again) {
    ParkingLot lot = lots.get(gate);
    return lot != null && (again ? lot.isBackloggedForHeld(flow) : lot.isBacklogged(flow));
  }

  /** Whether what waits in Kafka for a lane could hold up others that need not wait. */
  boolean isInTheWay(LaneGate gate, Flow flow, Instant now) {
    return tenants.areSeveral()
        || tenants.isCapped(flow.tenant())
        || !calls.tenantsSeen().isAlone(flow, now)
        || calls.othersHaveRoom(gate);
  }

  /** Whether a backlog of some classes should stay in Kafka. */
  boolean isFull(Set<Priority> classes, Instant now) {
    return lots.entrySet().stream()
        .filter(lot -> !(lot.getKey().condition() instanceof LaneCondition.Stopped))
        .anyMatch(lot ->
            lot.getValue()
                .backlogged()
                .filter(flow -> classes.contains(flow.priority()))
                .anyMatch(flow -> !isInTheWay(lot.getKey(), flow, now)));
  }

  private ParkingLot lotOf(Flight flight) {
    return lot(calls.gate(flight.lane()));
  }

  private ParkingLot lot(LaneGate gate) {
    return lots.computeIfAbsent(gate, g -> new ParkingLot(g, config, mailbox));
  }

  /** The task closes: nothing waits here any more. */
  void close() {
    lots.values().forEach(ParkingLot::close);
  }
}
