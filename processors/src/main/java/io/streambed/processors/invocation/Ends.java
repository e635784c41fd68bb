/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import io.streambed.processors.job.Due;
import io.streambed.processors.model.CallFailure;
import io.streambed.processors.model.CallFailure.Reaction;
import io.streambed.processors.model.ModelCall.EmbeddingCall;
import io.streambed.processors.model.ModelCall.PromptCall;
import io.streambed.processors.model.ModelResult;
import io.streambed.processors.model.ModelResult.Failed;
import io.streambed.processors.model.ModelResult.PromptAnswered;
import io.streambed.processors.model.ModelResult.TextsEmbedded;
import io.streambed.processors.model.Reuse;
import io.streambed.schemas.CachePolicy;
import io.streambed.schemas.CallOutcome;
import io.streambed.schemas.FailureKind;
import io.streambed.schemas.UsageEvent;
import io.streambed.schemas.state.Answer;
import io.streambed.schemas.state.Failure;
import io.streambed.schemas.state.FlightState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * What the end of a call means for its flights: an answer, another attempt later, or giving up.
 * Owned by the task's stream thread.
 */
final class Ends {

  private final Flights flights;
  private final Outcomes outcomes;
  private final Allowances allowances;
  private final RetryPolicy policy;
  private final DoubleSupplier random;
  private final Consumer<Due> due;

  Ends(
      Flights flights,
      Outcomes outcomes,
      Allowances allowances,
      RetryPolicy policy,
      DoubleSupplier random,
      Consumer<Due> due) {
    this.flights = flights;
    this.outcomes = outcomes;
    this.allowances = allowances;
    this.policy = policy;
    this.random = random;
    this.due = due;
  }

  /**
   * Deals with the end of a call.
   *
   * @param batch the flights of the call, in its order
   */
  void ended(Completion end, List<Flight> batch, Instant now) {
    switch (end.result()) {
      case PromptAnswered answered when end.call() instanceof PromptCall call -> {
        used(end, batch, CallOutcome.ANSWERED, answered);
        Flight flight = batch.getFirst();
        boolean reusable =
            flight.policy() != CachePolicy.BYPASS
                && mayServeOthers(flight, end)
                && Reuse.allowed(call.prompt(), answered.stopReason());
        answered(
            flight, end, outcomes.answer(end, answered, reusable, flight.state().getFailedLanes()));
      }
      case TextsEmbedded embedded
          when end.call() instanceof EmbeddingCall call
              && embedded.vectors().size() == call.texts().size()
              && batch.size() == call.texts().size() -> {
        used(end, batch, CallOutcome.ANSWERED, embedded);
        List<Boolean> reusable =
            batch.stream()
                .map(flight -> flight.policy() != CachePolicy.BYPASS && mayServeOthers(flight, end))
                .toList();
        List<List<String>> failedLanes =
            batch.stream().map(flight -> flight.state().getFailedLanes()).toList();
        List<Answer> answers = outcomes.answers(end, embedded, reusable, failedLanes);
        for (int i = 0; i < batch.size(); i++) {
          answered(batch.get(i), end, answers.get(i));
        }
      }
      case Failed failed -> {
        used(end, batch, CallOutcome.FAILED, failed);
        failed(batch, end, failed, now);
      }
      case ModelResult other -> {
        used(end, batch, CallOutcome.FAILED, other);
        Failed failed =
            Failed.of(
                CallFailure.MALFORMED_ANSWER, "the model answered something other than was asked");
        failed(batch, end, failed, now);
      }
    }
  }

  /** Another model's answer serves others only where the alias says so. */
  private static boolean mayServeOthers(Flight flight, Completion end) {
    return flight.alias().reuseStandIns() || !flight.isStandIn(end.call().lane());
  }

  private void used(Completion end, List<Flight> batch, CallOutcome outcome, ModelResult result) {
    String alias = batch.getFirst().alias().alias();
    if (result instanceof Failed failed && failed.isLost()) {
      due.accept(new Due.Used(outcomes.possiblyBilled(batch, end.at())));
      allowances.lost(batch);
      return;
    }
    UsageEvent event =
        switch (result) {
          case PromptAnswered r -> outcomes.used(end, alias, outcome, r.usage(), false, 1);
          case TextsEmbedded r ->
              outcomes.used(end, alias, outcome, r.usage(), r.estimated(), batch.size());
          case Failed r -> outcomes.used(end, alias, outcome, r.usage(), false, batch.size());
        };
    due.accept(new Due.Used(event));
    if (outcome == CallOutcome.ANSWERED || event.getCostPicoDollars() > 0) {
      allowances.used(batch, event.getCostPicoDollars());
    } else if (!(result instanceof Failed)) {
      allowances.lost(batch);
    }
  }

  private void answered(Flight flight, Completion end, Answer answer) {
    FlightState state =
        FlightStates.finished(
            flight.state(), false, false, answer.getCostPicoDollars(), end.openFor().toMillis());
    flights.answer(flight, state, answer);
  }

  private void failed(List<Flight> batch, Completion end, Failed failed, Instant now) {
    Reaction reaction = failed.reason().reaction();
    List<Long> costs = costs(batch, end, failed);
    List<FlightState> states = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      states.add(
          FlightStates.finished(
              batch.get(i).state(),
              reaction == Reaction.SLOW_DOWN,
              failed.isLost(),
              costs.get(i),
              end.openFor().toMillis()));
    }
    if (reaction == Reaction.GIVE_UP && batch.size() > 1) {
      // One of them is at fault: halves of the batch find out which, and the others succeed.
      int limit = (batch.size() + 1) / 2;
      for (int i = 0; i < batch.size(); i++) {
        flights.write(batch.get(i), FlightStates.batchLimit(states.get(i), limit));
      }
      flights.parkFirst(batch, now);
      return;
    }
    for (int i = 0; i < batch.size(); i++) {
      failed(batch.get(i), states.get(i), end, failed, now);
    }
  }

  private List<Long> costs(List<Flight> batch, Completion end, Failed failed) {
    long cost = outcomes.cost(end, failed.usage());
    return Outcomes.shares(cost, batch.stream().map(Flight::contentBytes).toList());
  }

  private void failed(
      Flight flight, FlightState before, Completion end, Failed failed, Instant now) {
    boolean lanesFault = failed.reason().reaction() != Reaction.GIVE_UP;
    String lane = end.call().lane().name();
    FlightState state = lanesFault ? FlightStates.failedOn(before, lane) : before;
    switch (policy.afterFailure(state, failed.reason(), now, random)) {
      case RetryPolicy.Verdict.RetryAt retry
          when flight.hasWaiters() && flights.waiting().hasOtherLane(flight, state, now) -> {
        flights.write(flight, state);
        flights.park(flight, now);
      }
      case RetryPolicy.Verdict.RetryAt(Instant notBefore) when flight.hasWaiters() ->
          flights.delay(flight, state, notBefore);
      case RetryPolicy.Verdict.KeepWaiting keep when flight.hasWaiters() -> {
        // It counts for nothing, and the lane's own condition says where to go next.
        FlightState uncounted = FlightStates.withdrawn(flight.state());
        flights.write(flight, FlightStates.failedOn(uncounted, lane));
        flights.park(flight, now);
      }
      case RetryPolicy.Verdict.GiveUp giveUp when flight.hasWaiters() ->
          giveUp(flight, state, end, failed);
      case RetryPolicy.Verdict nobodyWaits -> flights.drop(flight);
    }
  }

  private void giveUp(Flight flight, FlightState state, Completion end, Failed failed) {
    if (failed.reason().kind() == FailureKind.CALLER) {
      flights.answer(
          flight, state, outcomes.refusal(end, Failures.of(failed), state.getFailedLanes()));
    } else {
      Failure failure =
          state.getFinishedAttempts() > 1
              ? Failures.exhausted(failed, state.getFinishedAttempts())
              : Failures.of(failed);
      flights.giveUp(flight, state, failure);
    }
  }
}
