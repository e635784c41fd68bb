/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import io.streambed.processors.job.Cancellations;
import io.streambed.processors.job.Cancellations.Order;
import io.streambed.processors.job.Cancellations.Request;
import io.streambed.processors.job.Due;
import io.streambed.processors.job.Work;
import io.streambed.schemas.state.Job;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Settles the jobs of one task that are cancelled. What is in flight is found by what its request
 * is called, so that an order costs the same whatever else waits. Owned by the task's stream
 * thread.
 */
final class Cancelling {

  /** Most orders that are carried out at one go. */
  private static final int SLICE = 1_000;

  private final Cancellations cancellations;
  private final Flights flights;
  private final Attempts attempts;
  private final Consumer<Due> due;
  private final Cancellations.Orders orders;

  /** To be made before anything is in flight, so that no order is missed. */
  Cancelling(Cancellations cancellations, Flights flights, Attempts attempts, Consumer<Due> due) {
    this.cancellations = cancellations;
    this.flights = flights;
    this.attempts = attempts;
    this.due = due;
    this.orders = cancellations.subscribe();
  }

  /** Settles a job that comes in where it is cancelled; false where it is not. */
  boolean take(Job job) {
    if (!cancellations.has(requestOf(job), job.getRequestedAt())) {
      return false;
    }
    ByteBuffer content = job.getContent().orElseGet(() -> ByteBuffer.allocate(0));
    due.accept(new Due.Failed(job, content, Failures.cancelled(), Work.none(0), "", List.of()));
    return true;
  }

  /** A job was in flight before this process knew of it: it may have been cancelled before. */
  void resumed(Flight flight) {
    for (Flight.Waiter waiter : flight.firstWaiters(Integer.MAX_VALUE)) {
      if (cancellations.has(waiter.request(), waiter.requestedAt())) {
        orders.add(new Order(waiter.request(), waiter.requestedAt()));
      }
    }
  }

  /** Carries out what was ordered, one slice; returns whether anything was settled by it. */
  boolean run(Instant now) {
    boolean any = false;
    for (int i = 0; i < SLICE; i++) {
      Order order = orders.poll();
      if (order == null) {
        return any;
      }
      for (RequestIndex.Place place : flights.placesOf(order.request())) {
        if (order.isAbout(place.waiter().requestedAt())) {
          any |= cancel(place, now);
        }
      }
    }
    return any;
  }

  private boolean cancel(RequestIndex.Place place, Instant now) {
    if (place.flight().waiterCount() == 1) {
      // Nobody else waits: what has not gone out need not.
      attempts.takeBack(place.flight(), now);
    }
    return flights.settleEarly(place.flight(), place.waiter(), Failures.cancelled(), now);
  }

  static Request requestOf(Job job) {
    return new Request(job.getTenant(), job.getId());
  }

  void close() {
    orders.close();
  }
}
