/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.processors.job.Cancellations.Request;
import io.streambed.processors.job.Due;
import io.streambed.schemas.CachePolicy;
import io.streambed.schemas.CallOutcome;
import io.streambed.schemas.DeadLetterCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CancellingTest {

  private static final Instant AFTER = Jobs.ADMITTED.plusSeconds(1);
  private static final Instant BEFORE = Jobs.ADMITTED.minusSeconds(1);

  /** One permit, and one attempt that is committed beside it. */
  private StepBench bench = new StepBench(withLookAhead(1), 1);

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aWaitingJobIsSettledAndMakesNoCall() {
    // Given: one is open, one committed, one waits for its turn
    bench.publish(Jobs.prompt("a", "one"), Jobs.prompt("b", "two"), Jobs.prompt("c", "three"));
    assertThat(bench.client.made).hasSize(1);

    // When
    cancel("c", AFTER);
    bench.settle();

    // Then
    assertThat(bench.failedIds()).containsExactly("c");
    Due.Failed failed = bench.due(Due.Failed.class).getFirst();
    assertThat(failed.failure().getCode()).isEqualTo(DeadLetterCode.CANCELLED);
    assertThat(failed.work().costPicoDollars()).isZero();

    // When: the others go on
    bench.client.last().answer("one");
    bench.settle();
    bench.client.last().answer("two");
    bench.settle();

    // Then
    assertThat(bench.servedIds()).containsExactly("a", "b");
    assertThat(bench.client.made).hasSize(2);
    assertThat(bench.load.jobs()).isZero();
    assertThat(bench.load.bytes()).isZero();
  }

  @Test
  void anAttemptThatHasNotGoneOutIsTakenBack() {
    // Given
    bench.publish(Jobs.prompt("a", "one"), Jobs.prompt("b", "two"));
    bench.settle();
    assertThat(
            bench
                .calls
                .view(Objects.requireNonNull(bench.models.get("sonnet")).routes().getFirst().lane())
                .ready())
        .isEqualTo(1);

    // When
    cancel("b", AFTER);
    bench.settle();
    bench.client.last().answer("one");
    bench.settle();

    // Then: neither a call nor a doubt about one
    assertThat(bench.failedIds()).containsExactly("b");
    assertThat(bench.client.made).hasSize(1);
    assertThat(bench.due(Due.Used.class)).hasSize(1);
    assertThat(bench.calls.unsettled().total()).isZero();
  }

  @Test
  void anAttemptWhoseTransactionHasNotCommittedIsTakenBackToo() {
    // Given
    bench.publishUncommitted(Jobs.prompt("a", "one"));

    // When
    cancel("a", AFTER);
    bench.passUncommitted(Duration.ofMillis(50));
    bench.commit();
    bench.settle();

    // Then: its ticket is free again
    assertThat(bench.failedIds()).containsExactly("a");
    assertThat(bench.client.made).isEmpty();
    bench.publish(Jobs.prompt("b", "two"));
    assertThat(bench.client.made).hasSize(1);
  }

  @Test
  void anAttemptThatAnotherWaitsForKeepsItsPlace() {
    // Given: one is open, one committed for two jobs, one waits for its turn
    bench.publish(Jobs.prompt("a", "one"), Jobs.prompt("b", "two"), Jobs.prompt("b2", "two"));
    bench.publish(Jobs.prompt("c", "three"));

    // When
    cancel("b", AFTER);
    bench.settle();
    bench.client.last().answer("one");
    bench.settle();
    bench.client.last().answer("two");
    bench.settle();

    // Then
    assertThat(bench.failedIds()).containsExactly("b");
    assertThat(bench.servedIds()).containsExactly("a", "b2");
  }

  @Test
  void theLateAnswerOfAnOpenCallIsPaidForAndKept() {
    // Given
    bench.publish(Jobs.prompt("a", "one"));

    // When
    cancel("a", AFTER);
    bench.settle();

    // Then
    assertThat(bench.failedIds()).containsExactly("a");

    // When
    bench.client.last().answer("late");
    bench.settle();

    // Then
    assertThat(bench.due(Due.Used.class))
        .extracting(used -> used.event().getOutcome())
        .containsExactly(CallOutcome.ANSWERED);
    assertThat(bench.due(Due.Learned.class)).hasSize(1);
    assertThat(bench.due(Due.Served.class)).isEmpty();
    assertThat(bench.load.jobs()).isZero();
  }

  @Test
  void othersThatWaitForTheSameFlightGetItsAnswer() {
    // Given
    bench.publish(Jobs.prompt("a", "one"), Jobs.prompt("b", "one"));

    // When
    cancel("a", AFTER);
    bench.settle();
    bench.client.last().answer("hi");
    bench.settle();

    // Then
    assertThat(bench.failedIds()).containsExactly("a");
    assertThat(bench.servedIds()).containsExactly("b");
    assertThat(bench.client.made).hasSize(1);
  }

  @Test
  void onlyWhatWasPublishedBeforeIsCancelled() {
    // Given
    bench.publish(Jobs.prompt("a", "one"));

    // When
    cancel("a", BEFORE);
    cancel("unknown", AFTER);
    bench.publish(Jobs.prompt("a", "another"));
    bench.settle();

    // Then
    assertThat(bench.failedIds()).isEmpty();

    // When: a job that is read after its cancellation
    cancel("late", AFTER);
    bench.publish(Jobs.prompt("late", "three"));

    // Then
    assertThat(bench.failedIds()).containsExactly("late");
  }

  @Test
  void anotherTenantsRequestOfTheSameIdIsAnother() {
    // Given
    bench.publish(Jobs.prompt("a", "one"));

    // When
    bench.cancellations.add(new Request("other", "a"), AFTER);
    bench.settle();

    // Then
    assertThat(bench.failedIds()).isEmpty();
  }

  @Test
  void whatWasCancelledWhileTheTaskWasClosedIsSettledWhenItOpens() {
    // Given
    bench.publish(
        Jobs.prompt("a", "one"),
        Jobs.prompt("b", "two"),
        Jobs.prompt("c", "three", CachePolicy.BYPASS, null));

    // When
    bench.cancelWhileClosed(new Request("acme", "c"), AFTER);
    bench.settle();

    // Then
    assertThat(bench.failedIds()).containsExactly("c");
  }

  private void cancel(String id, Instant at) {
    bench.cancellations.add(new Request("acme", id), at);
  }

  private static InvocationConfig withLookAhead(int lookAhead) {
    InvocationConfig config = InvocationConfig.defaults();
    return new InvocationConfig(
        config.eager(),
        lookAhead,
        config.maxJobs(),
        config.maxBytes(),
        config.retry(),
        config.breaker(),
        config.batchMaxWait(),
        config.batchMaxBytes(),
        config.heldReadInterval(),
        config.heldReadMax(),
        config.stoppedLaneRetry(),
        config.commitGap(),
        config.drainTimeout());
  }
}
