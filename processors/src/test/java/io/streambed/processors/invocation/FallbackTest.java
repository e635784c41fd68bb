/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.processors.job.Due;
import io.streambed.processors.model.CachePoints;
import io.streambed.processors.model.CallFailure;
import io.streambed.processors.model.Lane;
import io.streambed.processors.model.ModelAlias;
import io.streambed.processors.model.ModelAlias.Spread;
import io.streambed.processors.model.Route;
import io.streambed.schemas.CachePolicy;
import io.streambed.schemas.Operation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where a request goes when a lane fails it. */
class FallbackTest {

  private static final Lane EAST = new Lane("us.a.sonnet", "us-east-1", 2);
  private static final Lane WEST = new Lane("us.a.sonnet", "us-west-2", 2);
  private static final Lane HAIKU = new Lane("us.a.haiku", "us-east-1", 2);

  private final StepBench bench = StepBench.start();

  @BeforeEach
  void route() {
    bench.models.put("sonnet", alias(false));
    bench.reopen();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aThrottledRequestGoesToTheNextRegionAtOnceAndTheResultSaysSo() {
    // Given
    bench.publish(Jobs.prompt("a", "hello"));
    assertThat(bench.client.last().call().lane()).isEqualTo(EAST);

    // When
    bench.client.last().fail(CallFailure.THROTTLED);
    bench.pass(Duration.ofMillis(20));
    bench.pass(Duration.ofMillis(20));

    // Then
    assertThat(bench.client.made).hasSize(2);
    assertThat(bench.client.last().call().lane()).isEqualTo(WEST);
    bench.client.last().answer("hi");
    bench.settle();
    assertThat(bench.due(Due.Served.class).getFirst().answer().getFailedLanes())
        .containsExactly(EAST.name());
  }

  @Test
  void aDeadLetterNamesTheLaneOfTheCallAfterItsTaskHasMoved() {
    // Given: its call is open on the second lane
    bench.publish(
        Jobs.prompt("a", "hello", CachePolicy.USE, bench.now().plus(Duration.ofSeconds(10))));
    bench.client.last().fail(CallFailure.UNAVAILABLE);
    bench.pass(Duration.ofMillis(20));
    bench.pass(Duration.ofMillis(20));
    assertThat(bench.client.last().call().lane()).isEqualTo(WEST);

    // When
    bench.reopen();
    bench.pass(Duration.ofSeconds(11));

    // Then
    assertThat(bench.due(Due.Failed.class).getFirst().lane()).isEqualTo(WEST.name());
  }

  @Test
  void onceAllHaveFailedItWaitsAndAllAreTriedAgain() {
    // Given
    bench.publish(Jobs.prompt("a", "hello"));

    // When
    for (int i = 0; i < 3; i++) {
      bench.client.last().fail(CallFailure.UNAVAILABLE);
      bench.pass(Duration.ofMillis(20));
      bench.pass(Duration.ofMillis(20));
    }

    // Then
    assertThat(bench.client.made).hasSize(3);
    assertThat(bench.client.last().call().lane()).isEqualTo(HAIKU);
    bench.pass(Duration.ofSeconds(20));
    bench.settle();
    assertThat(bench.client.made).hasSize(4);
    assertThat(bench.client.last().call().lane()).isEqualTo(EAST);
  }

  @Test
  void theCallersErrorGoesNowhereElse() {
    // When
    bench.publish(Jobs.prompt("a", "hello"));
    bench.client.last().fail(CallFailure.REJECTED);
    bench.settle();

    // Then
    assertThat(bench.client.made).hasSize(1);
    assertThat(bench.due(Due.Served.class).getFirst().answer().getFailure()).isPresent();
  }

  @Test
  void aStoppedLaneIsLeftAndCountsForNothing() {
    // When
    bench.publish(Jobs.prompt("a", "hello"));
    bench.client.last().fail(CallFailure.ACCESS_DENIED);
    bench.settle();
    bench.publish(Jobs.prompt("b", "hello there"));
    bench.settle();

    // Then
    assertThat(bench.client.made)
        .extracting(made -> made.call().lane())
        .containsExactly(EAST, WEST, WEST);
    bench.client.made.get(1).answer("hi");
    bench.settle();
    assertThat(bench.due(Due.Served.class).getFirst().work().attempts()).isEqualTo(1);
  }

  @Test
  void aFullLaneLetsTheNextHaveWhatItCannotTake() {
    // When: two permits a lane, and as many attempts ahead as are configured
    int ahead = LaneGate.ahead(InvocationConfig.defaults().lookAhead(), 2);
    for (int i = 0; i < 2 + ahead + 1; i++) {
      bench.publish(Jobs.prompt("r" + i, "question " + i));
    }
    bench.settle();

    // Then
    assertThat(bench.client.made)
        .extracting(made -> made.call().lane())
        .containsExactly(EAST, EAST, WEST);
  }

  @Test
  void anotherModelsAnswerServesNobodyElseUnlessConfigured() {
    assertThat(standIn("a", "one").answer().getReusableUntil()).isEmpty();
    bench.models.put("sonnet", alias(true));
    bench.reopen();
    assertThat(standIn("b", "two").answer().getReusableUntil()).isPresent();
  }

  private Due.Served standIn(String id, String question) {
    bench.publish(Jobs.prompt(id, question));
    for (int i = 0; i < 2; i++) {
      bench.client.last().fail(CallFailure.UNAVAILABLE);
      bench.pass(Duration.ofMillis(20));
      bench.pass(Duration.ofMillis(20));
    }
    assertThat(bench.client.last().call().lane()).isEqualTo(HAIKU);
    bench.client.last().answer("hi");
    bench.settle();
    return bench.due(Due.Served.class).getLast();
  }

  private static ModelAlias alias(boolean reuseStandIns) {
    return new ModelAlias(
        "sonnet",
        Operation.PROMPT,
        List.of(Route.to(EAST), Route.to(HAIKU), Route.to(WEST)),
        Spread.IN_ORDER,
        "1",
        100,
        reuseStandIns,
        CachePoints.NONE);
  }
}
