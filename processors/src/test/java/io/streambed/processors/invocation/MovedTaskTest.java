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
import io.streambed.schemas.CallOutcome;
import io.streambed.schemas.state.Job;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A task moves to another process while its calls are open. */
class MovedTaskTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private StepBench bench = StepBench.start();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void anotherProcessTakesTheEndOfACallThatWasOpenAndPaysOnce() {
    // Given
    bench.publish(Jobs.prompt("a", "hello"), Jobs.prompt("b", "hello"));
    HandDepartures old = bench.departures;

    // When
    bench.move();
    bench.hear(old);
    bench.settle();
    assertThat(bench.due).isEmpty();
    bench.client.last().answer("hi");
    bench.hear(old);
    bench.settle();

    // Then
    assertThat(bench.client.made).hasSize(1);
    assertThat(bench.servedIds()).containsExactly("a", "b");
    assertThat(outcomes()).containsExactly(CallOutcome.ANSWERED);
    assertThat(bench.due(Due.Served.class))
        .allMatch(served -> served.work().possiblyBilledAttempts() == 0)
        .allMatch(served ->
            served
                .answer()
                .getContent()
                .orElseThrow()
                .getFirst()
                .getText()
                .orElse("")
                .equals("hi"));
  }

  @Test
  void textsThatShareACallGetEachItsOwnVector() {
    // Given
    bench.publish(
        IntStream.rangeClosed(1, 20)
            .mapToObj(i -> Jobs.text("t" + i, "x".repeat(i)))
            .toArray(Job[]::new));
    bench.settle();
    HandDepartures old = bench.departures;

    // When
    bench.move();
    bench.client.last().embed();
    bench.hear(old);
    bench.settle();

    // Then
    assertThat(bench.client.made).hasSize(1);
    assertThat(bench.due(Due.Used.class)).hasSize(1);
    assertThat(bench.due(Due.Served.class))
        .hasSize(20)
        .allSatisfy(served ->
            assertThat("t" + served.answer().getVector().orElseThrow().getFirst().intValue())
                .isEqualTo(served.job().getId()));
  }

  @Test
  void anEndThatTheOldOwnerCouldNotCommitIsTakenByTheNewOne() {
    // Given
    bench.publish(Jobs.prompt("a", "hello"));
    HandDepartures old = bench.departures;
    bench.client.last().answer("hi");

    // When
    bench.move();
    bench.hear(old);
    bench.settle();

    // Then
    assertThat(bench.client.made).hasSize(1);
    assertThat(bench.servedIds()).containsExactly("a");
    assertThat(outcomes()).containsExactly(CallOutcome.ANSWERED);
  }

  @Test
  void aFailureCountsAsIfItHadBeenThisProcesses() {
    // Given
    bench.publish(Jobs.prompt("a", "hello"));
    HandDepartures old = bench.departures;
    bench.move();
    bench.client.last().fail(CallFailure.UNAVAILABLE);
    bench.hear(old);

    // When
    bench.pass(Duration.ofSeconds(30));
    bench.settle();
    bench.client.last().answer("hi");
    bench.settle();

    // Then
    assertThat(bench.client.made).hasSize(2);
    assertThat(outcomes()).containsExactly(CallOutcome.FAILED, CallOutcome.ANSWERED);
    assertThat(bench.due(Due.Served.class).getFirst().work().attempts()).isEqualTo(2);
    assertThat(bench.due(Due.Served.class).getFirst().work().possiblyBilledAttempts()).isZero();
  }

  @Test
  void anAttemptThatNeverWentOutIsMadeAndTheOldOnesPermitIsNotWaitedFor() {
    // Given: one permit, so that the second waits
    bench.close();
    bench = new StepBench(InvocationConfig.defaults(), 1);
    bench.publish(Jobs.prompt("a", "hello"), Jobs.prompt("b", "bye"));
    assertThat(bench.client.made).hasSize(1);
    HandDepartures old = bench.departures;

    // When
    bench.move();
    bench.hear(old);
    bench.settle();

    // Then
    assertThat(old.open).hasSize(1);
    assertThat(old.neverSent).hasSize(1);
    assertThat(bench.client.made).hasSize(2);

    // When
    bench.client.made.forEach(made -> made.answer("hi"));
    bench.hear(old);
    bench.settle();

    // Then
    assertThat(bench.servedIds()).containsExactlyInAnyOrder("a", "b");
    assertThat(outcomes()).containsExactly(CallOutcome.ANSWERED, CallOutcome.ANSWERED);
  }

  @Test
  void anOldOwnerThatFallsSilentIsToldOnceAndItsAnswerComesTooLate() {
    // Given
    bench.publish(Jobs.prompt("a", "hello"));
    HandDepartures old = bench.departures;
    bench.move();
    bench.hear(old);
    bench.settle();

    // When
    for (int i = 0; i < 6; i++) {
      bench.pass(SECOND);
      bench.elsewhere.readTo(bench.now());
    }
    bench.settle();
    bench.client.made.getFirst().answer("late");
    bench.hear(old);
    bench.settle();
    bench.client.made.getLast().answer("hi");
    bench.settle();

    // Then
    assertThat(bench.client.made).hasSize(2);
    assertThat(outcomes()).containsExactly(CallOutcome.POSSIBLY_BILLED, CallOutcome.ANSWERED);
    assertThat(bench.servedIds()).containsExactly("a");
    assertThat(bench.due(Due.Served.class).getFirst().work().possiblyBilledAttempts()).isEqualTo(1);
  }

  @Test
  void aProcessThatStopsWaitsForCallsOfTasksThatHaveLeftIt() {
    // Given
    bench.publish(Jobs.prompt("a", "hello"));
    Calls left = bench.calls;
    bench.move();

    // When, Then
    left.drain();
    assertThat(left.awaitDrained(Duration.ZERO)).isFalse();
    bench.client.last().answer("hi");
    assertThat(left.awaitDrained(Duration.ZERO)).isTrue();
  }

  @Test
  void aTaskThatComesBackFindsItsCallAndNothingIsToldOfIt() {
    // Given
    bench.publish(Jobs.prompt("a", "hello"));

    // When
    bench.reopen();

    // Then
    assertThat(bench.departures.open).isEmpty();
  }

  private List<CallOutcome> outcomes() {
    return bench.due(Due.Used.class).stream().map(used -> used.event().getOutcome()).toList();
  }
}
