/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import io.streambed.processors.job.Due;
import io.streambed.processors.model.CostBound;
import io.streambed.schemas.state.BudgetEntry;
import io.streambed.schemas.state.BudgetWish;
import io.streambed.schemas.state.FlightState;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * What flights hold of their tenants' budgets: at least the most that their next call can cost,
 * from before it is intended until it is known what it has cost. A call that has cost something, or
 * may have, uses up all that its flights hold, and each asks again before its next. Owned by the
 * task's stream thread.
 */
final class Allowances {

  private final boolean budgets;
  private final int partition;
  private final CostBound bounds;
  private final FlightStore store;
  private final Consumer<Due> due;

  /**
   * @param budgets whether any tenant has a budget
   * @param partition the task's, where what the budget says to its flights comes back
   */
  Allowances(
      boolean budgets, int partition, CostBound bounds, FlightStore store, Consumer<Due> due) {
    this.budgets = budgets;
    this.partition = partition;
    this.bounds = bounds;
    this.store = store;
    this.due = due;
  }

  private boolean isBudgeted(Flight flight) {
    return budgets && flight.isBudgeted();
  }

  private long need(Flight flight, Instant now) {
    return bounds
        .of(flight.alias(), flight.contentBytes(), flight.maxTokens(), now)
        .orElse(Long.MAX_VALUE);
  }

  /**
   * Lets a flight that holds less than its next call can cost ask for that; until the answer it is
   * not to be called for. What it holds is given back first: two that each held a part of what is
   * left would wait for each other.
   *
   * @return false where it holds enough
   */
  boolean claimIfShort(Flight flight, Instant now) {
    long held = flight.state().getReservedPicoDollars();
    if (!isBudgeted(flight) || held >= need(flight, now)) {
      return false;
    }
    BudgetWish wish =
        BudgetWish.newBuilder()
            .setAmountPicoDollars(need(flight, now))
            .setDeadline(flight.deadline().orElse(null))
            .setFlight(flight.id().write(ByteBuffer.allocate(FlightId.LENGTH)).flip())
            .setPartition(partition)
            .build();
    due.accept(new Due.Booked(flight.tenant(), new BudgetEntry(held, 0L, wish)));
    write(flight, FlightStates.claiming(flight.state()));
    flight.phase(new Phase.Claiming());
    return true;
  }

  /**
   * A flight gets more: what it needs is kept and the rest given back.
   *
   * @return whether it has asked, and now has enough to go on
   */
  boolean add(Flight flight, long amount, Instant now) {
    FlightState before = flight.state();
    long held = Math.addExact(before.getReservedPicoDollars(), amount);
    long need = isBudgeted(flight) ? need(flight, now) : 0;
    long kept = Math.min(held, need);
    giveBack(flight.tenant(), held - kept);
    boolean claiming = before.getClaiming() && kept < need;
    if (kept != before.getReservedPicoDollars() || claiming != before.getClaiming()) {
      write(flight, FlightStates.reserved(before, kept, claiming));
    }
    return before.getClaiming() && !claiming;
  }

  private void write(Flight flight, FlightState state) {
    flight.state(state);
    store.putState(flight.id(), state);
  }

  /** What is not needed any more. */
  void giveBack(String tenant, long amount) {
    if (amount > 0) {
      due.accept(Due.Booked.of(tenant, amount, 0));
    }
  }

  /** What a call of these flights has cost is not known, and counts with all that they hold. */
  void lost(List<Flight> batch) {
    used(batch, held(batch));
  }

  private static long held(List<Flight> batch) {
    return batch.stream().mapToLong(f -> f.state().getReservedPicoDollars()).sum();
  }

  /** A call of these flights has cost something, at the most {@code cost}, or has answered. */
  void used(List<Flight> batch, long cost) {
    if (batch.stream().noneMatch(Flight::isBudgeted)) {
      return;
    }
    due.accept(Due.Booked.of(batch.getFirst().tenant(), held(batch), cost));
    batch.forEach(flight -> flight.state(FlightStates.reserved(flight.state(), 0, false)));
  }
}
