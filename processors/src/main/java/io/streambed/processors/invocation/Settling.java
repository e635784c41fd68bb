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
import java.util.function.Consumer;

/**
 * Takes the jobs of a finished flight out of their store and hands on what each is owed. Owned by a
 * stream thread.
 */
final class Settling {

  private final FlightStores stores;
  private final Load load;
  private final Timers timers;
  private final Consumer<Due> due;

  Settling(FlightStores stores, Load load, Timers timers, Consumer<Due> due) {
    this.stores = stores;
    this.load = load;
    this.timers = timers;
    this.due = due;
  }

  /** Settles up to {@code limit} jobs with the flight's answer or failure; returns how many. */
  int settle(Flight flight, int limit, Instant now) {
    int settled = 0;
    for (Flight.Waiter waiter : flight.firstWaiters(limit)) {
      Job job = stores.job(flight.id(), waiter.number());
      if (job != null) {
        due.accept(owed(flight, waiter.number(), job, now));
        stores.deleteJob(flight.id(), waiter.number());
      }
      remove(flight, waiter);
      settled++;
    }
    if (!flight.hasWaiters()) {
      forget(flight);
    }
    return settled;
  }

  private Due owed(Flight flight, int number, Job job, Instant now) {
    ByteBuffer content = content(flight, job);
    boolean payer = number == flight.payer();
    Work work = work(flight.state(), job, payer, now);
    return switch (flight.phase()) {
      case Phase.Answered(Answer answer) ->
          new Due.Served(
              job, content, answer, payer ? ResultSource.MODEL : ResultSource.COALESCED, work);
      case Phase.GivenUp(Failure failure) ->
          new Due.Failed(job, content, failure, work, flight.alias().lane().name());
      default -> throw new IllegalStateException("the flight is not finished: " + flight.phase());
    };
  }

  /**
   * Settles one job alone, while its flight goes on without it.
   *
   * @param keep whether its record stays, because it says what the flight is
   * @param payer whether it bears the money of the attempts so far
   */
  void settleAlone(
      Flight flight,
      Flight.Waiter waiter,
      Failure failure,
      boolean keep,
      boolean payer,
      Instant now) {
    Job job = stores.job(flight.id(), waiter.number());
    if (job != null) {
      Work work = work(flight.state(), job, payer, now);
      due.accept(
          new Due.Failed(job, content(flight, job), failure, work, flight.alias().lane().name()));
      if (!keep) {
        stores.deleteJob(flight.id(), waiter.number());
      }
    }
    remove(flight, waiter);
  }

  private void remove(Flight flight, Flight.Waiter waiter) {
    flight.remove(waiter.number());
    timers.unwatch(flight, waiter);
    load.add(-1, 0);
  }

  /** Nothing is left to do for a flight. */
  void forget(Flight flight) {
    if (flight.state().getKeptJob() >= 0) {
      stores.deleteJob(flight.id(), flight.state().getKeptJob());
    }
    stores.delete(flight.id());
    load.add(0, -flight.loadedBytes());
  }

  private ByteBuffer content(Flight flight, Job job) {
    return job.getContent().orElseGet(() -> stores.content(flight.id()));
  }

  /**
   * What was done for a job. All jobs of a flight share its attempts; the money is on the one that
   * pays, so that the results' costs add up to the bill.
   */
  private static Work work(FlightState state, Job job, boolean payer, Instant now) {
    long waited = Duration.between(job.getAdmittedAt(), now).toMillis();
    return new Work(
        state.getFinishedAttempts() + state.getInterrupted().size(),
        state.getInterrupted().size(),
        payer ? state.getSpentPicoDollars() : 0,
        Math.max(0, waited - state.getOpenMillis()));
  }
}
