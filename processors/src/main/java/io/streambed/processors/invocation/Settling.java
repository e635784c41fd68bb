/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import io.streambed.processors.job.Due;
import io.streambed.processors.job.Work;
import io.streambed.schemas.ResultSource;
import io.streambed.schemas.state.Answer;
import io.streambed.schemas.state.Failure;
import io.streambed.schemas.state.FlightState;
import io.streambed.schemas.state.Job;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Takes the jobs of a finished flight out of the store and hands on what each is owed. Owned by a
 * stream thread.
 */
final class Settling {

  private final FlightStore store;
  private final Load load;
  private final Timers timers;
  private final RequestIndex requests;
  private final Allowances allowances;
  private final Consumer<Due> due;

  Settling(
      FlightStore store,
      Load load,
      Timers timers,
      RequestIndex requests,
      Allowances allowances,
      Consumer<Due> due) {
    this.store = store;
    this.load = load;
    this.timers = timers;
    this.requests = requests;
    this.allowances = allowances;
    this.due = due;
  }

  /** Settles up to {@code limit} jobs with the flight's answer or failure; returns how many. */
  int settle(Flight flight, int limit, Instant now) {
    List<Flight.Waiter> slice = flight.firstWaiters(limit);
    if (!slice.isEmpty()) {
      Job founder = store.founder(flight.id());
      for (Flight.Waiter waiter : slice) {
        Job job = isFounder(waiter) ? founder : store.job(flight.id(), waiter.number());
        if (job != null) {
          due.accept(owed(flight, waiter.number(), job, content(job, founder), now));
        }
        remove(flight, waiter);
      }
    }
    if (!flight.hasWaiters()) {
      forget(flight);
    } else if (slice.stream().anyMatch(Settling::isFounder)) {
      keepFounder(flight);
    }
    return slice.size();
  }

  private Due owed(Flight flight, int number, Job job, ByteBuffer content, Instant now) {
    boolean payer = number == flight.payer();
    Work work = work(flight.state(), job, payer, now);
    return switch (flight.phase()) {
      case Phase.Answered(Answer answer) ->
          new Due.Served(
              job, content, answer, payer ? ResultSource.MODEL : ResultSource.COALESCED, work);
      case Phase.GivenUp(Failure failure) -> failed(flight, job, content, failure, work);
      default -> throw new IllegalStateException("the flight is not finished: " + flight.phase());
    };
  }

  private static Due failed(
      Flight flight, Job job, ByteBuffer content, Failure failure, Work work) {
    return new Due.Failed(
        job, content, failure, work, flight.lane().name(), flight.state().getFailedLanes());
  }

  /**
   * Settles one job alone, while its flight goes on without it.
   *
   * @param payer whether it bears the money of the attempts so far
   */
  void settleAlone(
      Flight flight, Flight.Waiter waiter, Failure failure, boolean payer, Instant now) {
    Job job = store.job(flight.id(), waiter.number());
    if (job != null) {
      Work work = work(flight.state(), job, payer, now);
      ByteBuffer content = content(job, isFounder(waiter) ? job : store.founder(flight.id()));
      due.accept(failed(flight, job, content, failure, work));
    }
    remove(flight, waiter);
    if (isFounder(waiter)) {
      keepFounder(flight);
    }
  }

  private void remove(Flight flight, Flight.Waiter waiter) {
    if (!isFounder(waiter)) {
      store.deleteJob(flight.id(), waiter.number());
    }
    flight.remove(waiter.number());
    timers.unwatch(flight, waiter);
    requests.remove(flight, waiter);
    load.add(-1, 0);
  }

  /** The founder is settled, and its record stays for the sake of the flight. */
  private void keepFounder(Flight flight) {
    flight.state(FlightStates.keeping(flight.state(), FlightStore.FOUNDER));
    store.putState(flight.id(), flight.state());
  }

  private static boolean isFounder(Flight.Waiter waiter) {
    return waiter.number() == FlightStore.FOUNDER;
  }

  /** Nothing is left to do for a flight. */
  void forget(Flight flight) {
    allowances.giveBack(flight.tenant(), flight.state().getReservedPicoDollars());
    store.delete(flight.id());
    load.add(0, -flight.loadedBytes());
  }

  private static ByteBuffer content(Job job, Job founder) {
    return job.getContent().or(founder::getContent).orElseThrow();
  }

  /**
   * What was done for a job. All jobs of a flight share its attempts; the money is on the one that
   * pays, so that the results' costs add up to the bill.
   */
  private static Work work(FlightState state, Job job, boolean payer, Instant now) {
    long waited = Duration.between(job.getAdmittedAt(), now).toMillis();
    return new Work(
        state.getFinishedAttempts() + state.getInterrupted().size(),
        state.getInterrupted().size() + state.getLostAttempts(),
        payer ? state.getSpentPicoDollars() : 0,
        Math.max(0, waited - state.getOpenMillis()));
  }
}
