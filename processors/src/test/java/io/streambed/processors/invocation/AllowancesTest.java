/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.processors.job.Due;
import io.streambed.processors.model.CallFailure;
import io.streambed.processors.model.CostBound;
import io.streambed.processors.model.Lane;
import io.streambed.processors.model.ModelAlias;
import io.streambed.processors.model.ModelResult.Failed;
import io.streambed.processors.model.PriceTable;
import io.streambed.schemas.CachePolicy;
import io.streambed.schemas.DeadLetterCode;
import io.streambed.schemas.FailureKind;
import io.streambed.schemas.Operation;
import io.streambed.schemas.TokenUsage;
import io.streambed.schemas.state.BudgetEntry;
import io.streambed.schemas.state.BudgetGrant;
import io.streambed.schemas.state.BudgetWish;
import io.streambed.schemas.state.Failure;
import io.streambed.schemas.state.Job;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What flights of a tenant with a budget hold of it, from their jobs to their last call. */
class AllowancesTest {

  private static final ModelAlias NOVA =
      ModelAlias.of(
          "sonnet",
          Operation.PROMPT,
          new Lane("amazon.nova-lite-v1:0", "us-east-1", 100),
          "1",
          100);

  private StepBench bench;

  @BeforeEach
  void start() {
    bench = StepBench.start();
    bench.models.put("sonnet", NOVA);
    bench.reopen();
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  @Test
  void anAnswerGivesBackWhatWasSetAsideAndSaysWhatWasSpent() {
    // Given
    Job job = paidFor("a", "hello");
    bench.publish(job);

    // When
    bench.client.last().answer("hi");
    bench.settle();

    // Then
    long cost = bench.due(Due.Used.class).getFirst().event().getCostPicoDollars();
    assertThat(cost).isPositive().isLessThan(job.getReservedPicoDollars());
    assertThat(booked()).containsExactly(new BudgetEntry(bound(job), cost, null));
  }

  @Test
  void whatIsSetAsideForACallIsBookedByTheProcessThatHasTheTaskWhenItEnds() {
    // Given
    Job job = paidFor("a", "hello");
    bench.publish(job);
    HandDepartures old = bench.departures;
    bench.move();
    bench.hear(old);
    bench.settle();
    assertThat(booked()).isEmpty();

    // When
    bench.client.last().answer("hi");
    bench.hear(old);
    bench.settle();

    // Then
    long cost = bench.due(Due.Used.class).getFirst().event().getCostPicoDollars();
    assertThat(cost).isPositive().isLessThan(job.getReservedPicoDollars());
    assertThat(booked()).containsExactly(new BudgetEntry(bound(job), cost, null));
  }

  @Test
  void aJobWithoutABudgetTellsNobody() {
    // Given
    bench.publish(Jobs.prompt("a", "hello"));

    // When
    bench.client.last().answer("hi");
    bench.settle();

    // Then
    assertThat(bench.servedIds()).containsExactly("a");
    assertThat(booked()).isEmpty();
  }

  @Test
  void aFailedCallThatCostNothingHoldsOnToWhatIsSetAside() {
    // Given
    Job job = paidFor("a", "hello");
    bench.publish(job);

    // When
    bench.client.last().fail(CallFailure.UNAVAILABLE);
    bench.pass(Duration.ofSeconds(30));
    bench.settle();

    // Then
    assertThat(bench.client.made).hasSize(2);
    assertThat(booked()).isEmpty();

    // When
    bench.client.last().answer("hi");
    bench.settle();

    // Then
    assertThat(released()).isEqualTo(bound(job));
  }

  @Test
  void aCallThatFailedAndCostSomethingIsNotMadeAgainBeforeTheBudgetAllows() {
    // Given
    Job job = paidFor("a", "hello");
    bench.publish(job);

    // When
    bench
        .client
        .last()
        .end()
        .complete(
            new Failed(
                CallFailure.UNAVAILABLE,
                "scripted",
                Optional.empty(),
                new TokenUsage(10L, 5L, 0L, 0L, 0L)));
    bench.pass(Duration.ofMinutes(1));
    bench.settle();

    // Then
    assertThat(bench.client.made).hasSize(1);
    assertThat(wish().getAmountPicoDollars()).isEqualTo(bound(job));

    // When
    bench.grant(new BudgetGrant("acme", wish().getFlight().orElseThrow(), bound(job), null));
    bench.settle();

    // Then
    assertThat(bench.client.made).hasSize(2);
  }

  @Test
  void afterACrashTheLostCallCountsInFullAndTheNextOneWaitsForTheBudget() {
    // Given
    Job job = paidFor("a", "hello");
    bench.publish(job);

    // When
    bench.restart();
    bench.settle();

    // Then
    assertThat(bench.client.made).hasSize(1);
    assertThat(booked().getFirst()).isEqualTo(new BudgetEntry(bound(job), bound(job), null));
    assertThat(wish().getAmountPicoDollars()).isEqualTo(bound(job));

    // When: it waits through another crash, too
    bench.restart();
    bench.settle();
    assertThat(bench.client.made).hasSize(1);
    bench.grant(new BudgetGrant("acme", wish().getFlight().orElseThrow(), bound(job), null));
    bench.settle();
    bench.client.last().answer("hi");
    bench.settle();

    // Then
    assertThat(bench.client.made).hasSize(2);
    assertThat(bench.servedIds()).containsExactly("a");
    assertThat(released()).isEqualTo(2 * bound(job));
    assertThat(booked().stream().filter(entry -> entry.getWish().isPresent())).hasSize(1);
  }

  @Test
  void aBudgetThatSaysNoEndsTheFlight() {
    // Given
    bench.publish(paidFor("a", "hello"));
    bench.restart();
    bench.settle();
    Failure refusal = new Failure(DeadLetterCode.BUDGET_SPENT, FailureKind.CAPACITY, "spent", null);

    // When
    bench.grant(new BudgetGrant("acme", wish().getFlight().orElseThrow(), 0L, refusal));
    bench.settle();

    // Then
    Due.Failed failed = bench.due(Due.Failed.class).getFirst();
    assertThat(failed.failure()).isEqualTo(refusal);
    assertThat(failed.work().possiblyBilledAttempts()).isEqualTo(1);
    assertThat(bench.client.made).hasSize(1);
  }

  @Test
  void whatComesForAFlightThatHasEndedGoesBack() {
    // Given
    Job job = paidFor("a", "hello", Jobs.ADMITTED.plusSeconds(10));
    bench.publish(job);
    bench.restart();
    bench.settle();
    ByteBuffer flight = wish().getFlight().orElseThrow();

    // When
    bench.pass(Duration.ofSeconds(20));
    bench.settle();
    bench.grant(new BudgetGrant("acme", flight, bound(job), null));

    // Then
    assertThat(bench.failedIds()).containsExactly("a");
    assertThat(released()).isEqualTo(2 * bound(job));
    assertThat(bench.client.made).hasSize(1);
  }

  @Test
  void aJobThatJoinsGivesItsOwnShareBack() {
    // Given
    Job first = paidFor("a", "hello");
    bench.publish(first);

    // When
    bench.publish(paidFor("b", "hello"));

    // Then
    assertThat(booked()).containsExactly(new BudgetEntry(bound(first), 0L, null));
  }

  @Test
  void aJobThatJoinsAFlightThatWaitsForMoneyBringsIt() {
    // Given
    Job first = paidFor("a", "hello");
    bench.publish(first);
    bench.restart();
    bench.settle();
    ByteBuffer flight = wish().getFlight().orElseThrow();

    // When
    bench.publish(paidFor("b", "hello"));
    bench.settle();

    // Then
    assertThat(bench.client.made).hasSize(2);

    // When
    bench.grant(new BudgetGrant("acme", flight, bound(first), null));
    bench.client.last().answer("hi");
    bench.settle();

    // Then
    assertThat(bench.servedIds()).containsExactly("a", "b");
    assertThat(released()).isEqualTo(3 * bound(first));
  }

  @Test
  void aJobThatExpiresDuringItsCallLeavesTheMoneyWithTheCall() {
    // Given
    Job job = paidFor("a", "hello", Jobs.ADMITTED.plusSeconds(10));
    bench.publish(job);

    // When
    bench.pass(Duration.ofSeconds(20));
    bench.settle();

    // Then
    assertThat(bench.failedIds()).containsExactly("a");
    assertThat(booked()).isEmpty();

    // When
    bench.client.last().answer("hi");
    bench.settle();

    // Then
    assertThat(released()).isEqualTo(bound(job));
  }

  @Test
  void aJobWhoseDeadlinePassesBeforeItsNextCallGivesAllBack() {
    // Given
    Job job = paidFor("a", "hello", Jobs.ADMITTED.plusMillis(10));
    bench.publish(job);
    bench.client.last().fail(CallFailure.UNAVAILABLE);

    // When
    bench.settle();

    // Then
    assertThat(bench.failedIds()).containsExactly("a");
    assertThat(bench.client.made).hasSize(1);
    assertThat(booked()).containsExactly(new BudgetEntry(bound(job), 0L, null));
  }

  @Test
  void aFlightWhoseCallHasBecomeDearerAsksForMore() {
    // Given
    Job job = paidFor("a", "hello");
    job.put("reservedPicoDollars", bound(job) - 1);

    // When
    bench.publish(job);
    bench.settle();

    // Then
    assertThat(bench.client.made).isEmpty();
    assertThat(booked())
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.getReleasedPicoDollars()).isEqualTo(bound(job) - 1);
          assertThat(entry.getWish()).isPresent();
        });
  }

  private List<BudgetEntry> booked() {
    return bench.due(Due.Booked.class).stream().map(Due.Booked::entry).toList();
  }

  private long released() {
    return booked().stream().mapToLong(BudgetEntry::getReleasedPicoDollars).sum();
  }

  private BudgetWish wish() {
    return booked().stream().flatMap(entry -> entry.getWish().stream()).findFirst().orElseThrow();
  }

  private static Job paidFor(String id, String text) {
    return paidFor(id, text, null);
  }

  private static Job paidFor(String id, String text, @Nullable Instant deadline) {
    Job job = Jobs.prompt(id, text, CachePolicy.USE, deadline);
    job.put("reservedPicoDollars", bound(job));
    return job;
  }

  /** Each of these jobs has an id and a text as long as the others'. */
  private static long bound(Job job) {
    return new CostBound(PriceTable.builtIn())
        .of(NOVA, job.getContent().orElseThrow().remaining(), 0, Jobs.ADMITTED)
        .orElseThrow();
  }
}
