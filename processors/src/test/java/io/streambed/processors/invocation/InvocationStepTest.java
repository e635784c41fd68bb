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
import io.streambed.processors.model.ModelAlias;
import io.streambed.processors.model.Quota;
import io.streambed.processors.model.Tier;
import io.streambed.schemas.CachePolicy;
import io.streambed.schemas.CallOutcome;
import io.streambed.schemas.Operation;
import io.streambed.schemas.ResultSource;
import io.streambed.schemas.UsageEvent;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InvocationStepTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private StepBench bench = StepBench.start();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aJobThatComesFromATimerIsTakenAsAnyOther() {
    // When
    bench.publishFromTimer(Jobs.prompt("a", "hello"));
    bench.client.last().answer("hi");
    bench.settle();

    // Then
    assertThat(bench.servedIds()).containsExactly("a");
  }

  @Test
  void aCallGoesOutOnlyAfterItsAttemptIsCommitted() {
    // Given
    bench.publishUncommitted(Jobs.prompt("a", "hello"));
    bench.passUncommitted(SECOND);
    assertThat(bench.client.made).isEmpty();

    // When
    bench.commit();

    // Then
    assertThat(bench.client.made).hasSize(1);
  }

  @Test
  void equalWorkInFlightIsOneCallAndOneOfTheJobsPays() {
    // Given
    bench.publish(Jobs.prompt("a", "hello"), Jobs.prompt("b", "hello"), Jobs.prompt("c", "hello"));

    // When
    bench.client.last().answer("hi");
    bench.settle();

    // Then
    assertThat(bench.client.made).hasSize(1);
    assertThat(bench.servedIds()).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(bench.due(Due.Served.class).stream().map(Due.Served::source))
        .containsExactly(ResultSource.MODEL, ResultSource.COALESCED, ResultSource.COALESCED);
    assertThat(bench.load.jobs()).isZero();
    assertThat(bench.load.bytes()).isZero();
  }

  @Test
  void bypassSharesNothingAndRefreshJoinsOnlyACallThatHasNotBegun() {
    // Given
    bench.publish(Jobs.prompt("a", "hello"));

    // When
    bench.publish(Jobs.prompt("b", "hello", CachePolicy.BYPASS, null));
    bench.publish(Jobs.prompt("c", "hello", CachePolicy.REFRESH, null));

    // Then
    assertThat(bench.client.made).hasSize(3);
  }

  @Test
  void aReopenedTaskFindsItsCallAndABatchKeepsItsOrder() {
    // Given
    bench.publish(
        IntStream.rangeClosed(1, 20)
            .mapToObj(i -> Jobs.text("t" + i, "x".repeat(i)))
            .toArray(io.streambed.schemas.state.Job[]::new));
    bench.settle();
    assertThat(bench.client.made).hasSize(1);

    // When
    bench.reopen();
    bench.client.last().embed();
    bench.settle();

    // Then
    assertThat(bench.client.made).hasSize(1);
    assertThat(bench.due(Due.Served.class))
        .hasSize(20)
        .allSatisfy(served ->
            assertThat("t" + served.answer().getVector().orElseThrow().getFirst().intValue())
                .isEqualTo(served.job().getId()));
  }

  @Test
  void anotherProcessAccountsForTheCallItDoesNotKnowAndSendsItAgain() {
    // Given
    bench.publish(Jobs.prompt("a", "hello"));

    // When
    bench.restart();
    bench.settle();
    bench.client.last().answer("hi");
    bench.settle();

    // Then
    assertThat(bench.client.made).hasSize(2);
    assertThat(bench.due(Due.Used.class).stream().map(used -> used.event().getOutcome()))
        .containsExactly(CallOutcome.POSSIBLY_BILLED, CallOutcome.ANSWERED);
    assertThat(bench.due(Due.Served.class).getFirst().work().possiblyBilledAttempts()).isEqualTo(1);
  }

  @Test
  void aCallThatMayHaveBeenBilledSaysItsTierAndItsPriceRow() {
    // Given
    Lane lane = new Lane("openai.gpt-oss-20b-1:0", "us-east-1", Tier.PRIORITY, 10, Quota.NONE);
    bench.models.put("sonnet", ModelAlias.of("sonnet", Operation.PROMPT, lane, "1", 100));
    bench.reopen();
    bench.publish(Jobs.prompt("a", "hello"));

    // When
    bench.restart();
    bench.settle();

    // Then: 0.07 and 0.30 dollars a million tokens times 1.75; at least the answer's 100 tokens
    UsageEvent event = bench.due(Due.Used.class).getFirst().event();
    assertThat(event.getOutcome()).isEqualTo(CallOutcome.POSSIBLY_BILLED);
    assertThat(event.getTier()).isEqualTo("priority");
    assertThat(event.getServedTier()).isEmpty();
    assertThat(event.getPriceRow()).contains(lane.modelId());
    assertThat(event.getPriceEffectiveFrom()).isPresent();
    assertThat(event.getCostPicoDollars()).isGreaterThan(1_000 * 122_500L + 100 * 525_000L);
  }

  @Test
  void anEndWhoseTransactionFailedIsFoundAgainAndNotPaidForTwice() {
    // Given: the end is dealt with, and the task closes before that is committed
    bench.publish(Jobs.prompt("a", "hello"));
    String attempt = bench.client.last().call().attemptId();
    Mailbox mailbox = new Mailbox();

    // When
    bench.client.last().answer("hi");
    bench.passUncommitted(SECOND);

    // Then
    assertThat(bench.servedIds()).containsExactly("a");
    assertThat(bench.calls.find(attempt, mailbox)).isEqualTo(Calls.Found.OPEN);
    assertThat(mailbox.isEmpty()).isFalse();

    // When
    bench.commit();

    // Then
    assertThat(bench.calls.find(attempt, mailbox)).isEqualTo(Calls.Found.UNKNOWN);
  }

  @Test
  void aJobThatExpiresDuringItsBackoffLeavesNothingBehind() {
    // Given
    bench.publish(
        Jobs.prompt("a", "hello", CachePolicy.USE, bench.now().plus(Duration.ofMillis(300))));
    bench.client.last().fail(CallFailure.UNAVAILABLE);
    bench.pass(Duration.ofMillis(250));

    // When
    bench.pass(Duration.ofMillis(60));
    bench.pass(Duration.ofSeconds(30));
    bench.settle();

    // Then
    assertThat(bench.failedIds()).containsExactly("a");
    assertThat(bench.client.made).hasSizeLessThanOrEqualTo(2);
    assertThat(bench.load.jobs()).isZero();
    assertThat(bench.load.bytes()).isZero();
  }

  @Test
  void jobsThatExpireOneAfterTheOtherUnderOneCallAreSettledOnceAcrossRestarts() {
    // Given
    bench.publish(
        Jobs.prompt("a", "hello", CachePolicy.USE, bench.now().plus(SECOND)),
        Jobs.prompt("seed", "other"));
    bench.pass(SECOND);
    bench.publish(Jobs.prompt("b", "hello", CachePolicy.USE, bench.now().plus(SECOND)));
    bench.pass(SECOND);
    assertThat(bench.failedIds()).containsExactly("a", "b");

    // When
    bench.reopen();
    bench.client.made.getFirst().answer("late");
    bench.settle();
    bench.restart();
    bench.settle();

    // Then
    assertThat(bench.failedIds()).containsExactly("a", "b");
    assertThat(bench.servedIds()).isEmpty();
    assertThat(bench.due(Due.Learned.class)).hasSize(1);
  }

  @Test
  void aJobThatJoinsACallWhichIsOnlyKeptIsNotLostByARestart() {
    // Given
    bench.publish(Jobs.prompt("a", "hello", CachePolicy.USE, bench.now().plus(SECOND)));
    bench.pass(SECOND);
    bench.reopen();
    bench.publish(Jobs.prompt("b", "hello"));

    // When
    bench.restart();
    bench.settle();
    bench.client.last().answer("hi");
    bench.settle();

    // Then
    assertThat(bench.failedIds()).containsExactly("a");
    assertThat(bench.servedIds()).containsExactly("b");
  }

  @Test
  void aRefusedBatchIsHalvedUntilOnlyTheTextAtFaultIsRefused() {
    // Given: one job of the batch has expired meanwhile
    bench.publish(
        Jobs.text("bad", "bad"),
        Jobs.text("good", "goodgood"),
        Jobs.text("gone", "g", bench.now().plus(SECOND)));
    bench.settle();
    bench.pass(SECOND);

    // When
    for (int i = 0; i < bench.client.made.size(); i++) {
      HandClient.Made made = bench.client.made.get(i);
      boolean bad =
          ((io.streambed.processors.model.ModelCall.EmbeddingCall) made.call())
              .texts().stream().anyMatch(text -> text.getText().equals("bad"));
      if (bad) {
        made.fail(CallFailure.REJECTED);
      } else {
        made.embed();
      }
      bench.settle();
    }

    // Then
    assertThat(bench.failedIds()).containsExactly("gone");
    assertThat(bench.due(Due.Served.class))
        .allSatisfy(served ->
            assertThat(served.answer().getFailure().isPresent())
                .isEqualTo(served.job().getId().equals("bad")));
    assertThat(bench.servedIds()).containsExactlyInAnyOrder("bad", "good");
  }

  @Test
  void aCrowdIsSettledInSlicesAndARestartInBetweenNeitherPaysNorCallsAgain() {
    // Given
    int crowd = 2_500;
    for (int i = 0; i < crowd; i++) {
      bench.publish(Jobs.prompt("j" + i, "hello"));
    }
    bench.client.last().answer("hi");

    // When
    bench.pass(Duration.ofMillis(20));
    int first = bench.servedIds().size();
    bench.restart();
    bench.settle();

    // Then
    assertThat(first).isBetween(1, crowd - 1);
    assertThat(bench.servedIds()).hasSize(crowd).doesNotHaveDuplicates();
    assertThat(bench.client.made).hasSize(1);
    assertThat(bench.due(Due.Served.class))
        .filteredOn(served -> served.source() == ResultSource.MODEL)
        .hasSize(1);
    assertThat(bench.due(Due.Used.class)).hasSize(1);
  }

  @Test
  void moreEndsThanASliceAreKnownToTheStoresWhenTheyAreCommitted() {
    // Given
    bench.close();
    bench = new StepBench(InvocationConfig.defaults(), 3_000);
    int many = 1_800;
    for (int i = 0; i < many; i++) {
      bench.publish(Jobs.prompt("j" + i, "text " + i));
    }
    bench.client.made.forEach(made -> made.answer("hi"));

    // When: one turn, its commit, and the end of the process
    bench.pass(Duration.ofMillis(5));
    bench.restart();
    bench.settle();

    // Then
    assertThat(bench.due(Due.Used.class))
        .allMatch(used -> used.event().getOutcome() == CallOutcome.ANSWERED);
    assertThat(bench.client.made).hasSize(many);
    assertThat(bench.servedIds()).hasSize(many).doesNotHaveDuplicates();
  }
}
