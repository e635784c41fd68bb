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
import io.streambed.processors.model.Lane;
import io.streambed.processors.model.ModelResult;
import io.streambed.schemas.CachePolicy;
import io.streambed.schemas.DeadLetterCode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InvocationLimitsTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private StepBench bench = StepBench.start();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aFailureIsRetriedAndGivenUpAfterSoManyAttempts() {
    // Given
    bench.publish(Jobs.prompt("a", "hello"));

    // When
    for (int i = 0; i < 5; i++) {
      bench.client.last().fail(CallFailure.PROVIDER_ERROR);
      bench.pass(Duration.ofMillis(20));
      bench.pass(Duration.ofSeconds(20));
      bench.settle();
    }

    // Then
    assertThat(bench.client.made).hasSize(5);
    assertThat(bench.due(Due.Failed.class).getFirst().failure().getCode())
        .isEqualTo(DeadLetterCode.MODEL_ERROR);
    assertThat(bench.due(Due.Failed.class).getFirst().work().attempts()).isEqualTo(5);
  }

  @Test
  void aPartitionThatPausedForOthersLoadIsReadAgainWhenThereIsRoom() {
    // Given
    bench.load.add(InvocationConfig.defaults().maxJobs(), 0);
    bench.publish(Jobs.prompt("a", "hello"));
    assertThat(bench.isPaused()).isTrue();

    // When: its own work ends first, and the others' later
    bench.client.last().answer("hi");
    bench.settle();
    assertThat(bench.isPaused()).isTrue();
    bench.load.add(-InvocationConfig.defaults().maxJobs(), 0);
    bench.settle();

    // Then
    assertThat(bench.isPaused()).isFalse();
  }

  @Test
  void aStoppedLaneHoldsItsJobsAndIsTriedAgainWithTheNextOne() {
    // Given: the only job that knew of the stop has expired
    bench.publish(Jobs.prompt("a", "one", CachePolicy.USE, bench.now().plus(SECOND)));
    bench.client.last().fail(CallFailure.ACCESS_DENIED);
    bench.pass(Duration.ofSeconds(2));

    // When
    bench.publish(Jobs.prompt("b", "two"));

    // Then
    assertThat(bench.held).extracting(job -> job.getId()).containsExactly("b");

    // When
    bench.pass(InvocationConfig.defaults().stoppedLaneRetry());
    bench.publish(Jobs.prompt("c", "three"), Jobs.prompt("d", "four"));
    bench.client.last().answer("hi");
    bench.settle();
    bench.publish(Jobs.prompt("e", "five"));

    // Then
    assertThat(bench.servedIds()).containsExactly("c");
    assertThat(bench.held).extracting(job -> job.getId()).containsExactly("b", "d");
    assertThat(bench.client.made).hasSize(3);
  }

  @Test
  void aJobThatCannotBeReadEndsAloneAndTakesNoTicket() {
    // Given: one call at a time, so that a ticket that is not given back would be missed
    bench.close();
    bench = new StepBench(InvocationConfig.defaults(), 1);

    // When
    bench.publish(Jobs.unreadable(Jobs.prompt("a", "one")));
    bench.settle();
    bench.publish(Jobs.prompt("b", "two"));
    bench.client.last().answer("hi");
    bench.settle();

    // Then
    assertThat(bench.failedIds()).containsExactly("a");
    assertThat(bench.due(Due.Failed.class).getFirst().failure().getCode())
        .isEqualTo(DeadLetterCode.INTERNAL_ERROR);
    assertThat(bench.servedIds()).containsExactly("b");
    assertThat(bench.due(Due.Used.class)).hasSize(1);
    assertThat(bench.load.jobs()).isZero();
  }

  @Test
  void aTextThatCannotBeReadDoesNotEndThoseThatItWouldShareACallWith() {
    // Given
    bench.publish(
        Jobs.text("a", "one"), Jobs.unreadable(Jobs.text("b", "two")), Jobs.text("c", "three"));

    // When
    bench.settle();
    bench.client.last().embed();
    bench.settle();

    // Then
    assertThat(bench.failedIds()).containsExactly("b");
    assertThat(bench.servedIds()).containsExactly("a", "c");
    assertThat(bench.client.made).hasSize(1);
  }

  @Test
  void aModelThatIsConfiguredNoMoreEndsItsJobsAndStillAccountsForTheirCall() {
    // Given
    bench.publish(Jobs.prompt("a", "hello"));

    // When
    bench.models.remove("sonnet");
    bench.restart();
    bench.settle();

    // Then
    assertThat(bench.due(Due.Failed.class).getFirst().failure().getCode())
        .isEqualTo(DeadLetterCode.UNKNOWN_MODEL);
    assertThat(bench.due(Due.Used.class).getFirst().event().getModelId())
        .isEqualTo("anthropic.claude-x");
  }

  @Test
  void aCrowdWithoutAModelIsSettledInSlicesAndARestartInBetweenSettlesNobodyTwice() {
    // Given
    for (int i = 0; i < 2_500; i++) {
      bench.publishUncommitted(Jobs.prompt("j" + i, "the same"));
    }
    bench.commit();

    // When
    bench.models.remove("sonnet");
    bench.restart();
    bench.pass(SECOND);
    int before = bench.failedIds().size();
    bench.restart();
    bench.settle();

    // Then
    assertThat(before).isBetween(1_000, 2_499);
    assertThat(bench.failedIds()).hasSize(2_500).doesNotHaveDuplicates();
    assertThat(bench.load.jobs()).isZero();
  }

  @Test
  void aClientThatThrowsOrEndsAtOnceTakesNoPermitAndNoStack() {
    // Given
    bench.close();
    bench = new StepBench(InvocationConfig.defaults(), 20_000);
    bench.client.script(call -> {
      if (call.attemptId().endsWith("777")) {
        throw new IllegalStateException("scripted");
      }
      if (call.attemptId().endsWith("333")) {
        throw new AssertionError("scripted");
      }
      return CompletableFuture.completedFuture(
          ModelResult.Failed.of(CallFailure.REJECTED, "scripted"));
    });

    // When
    for (int i = 0; i < 15_000; i++) {
      bench.publishUncommitted(Jobs.prompt("j" + i, "text " + i));
    }
    bench.commit();
    for (int i = 0; i < 5; i++) {
      bench.settle();
    }

    // Then
    assertThat(bench.servedIds().size() + bench.failedIds().size()).isEqualTo(15_000);
    assertThat(bench.calls.view(new Lane("anthropic.claude-x", "us-east-1", 20_000)).open())
        .isZero();
    assertThat(bench.load.jobs()).isZero();
  }

  @Test
  void drainingTakesBackWhatHasNotGoneOutAndWaitsForTheCommitOfWhatHas() {
    // Given
    bench.publish(Jobs.prompt("a", "one"));
    bench.publishUncommitted(Jobs.prompt("b", "two"));

    // When
    bench.calls.drain();
    bench.commit();
    bench.client.last().answer("hi");
    bench.passUncommitted(SECOND);
    boolean before = bench.calls.awaitDrained(Duration.ZERO);
    bench.commit();

    // Then
    assertThat(bench.client.made).hasSize(1);
    assertThat(before).isFalse();
    assertThat(bench.calls.awaitDrained(Duration.ZERO)).isTrue();
    bench.restart();
    bench.settle();
    assertThat(bench.due(Due.Used.class)).hasSize(1);
    assertThat(bench.client.made).hasSize(2);
  }
}
