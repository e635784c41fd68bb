/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.budget;

import static io.streambed.processors.budget.BudgetBench.EVENING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.streambed.processors.budget.Budget.WhenSpent;
import io.streambed.processors.job.Cancellations.Request;
import io.streambed.schemas.BudgetEvent;
import io.streambed.schemas.BudgetEventKind;
import io.streambed.schemas.BudgetPeriod;
import io.streambed.schemas.DeadLetterCode;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BudgetStepTest {

  private static final Duration MIDNIGHT = Duration.ofMinutes(11);

  private final BudgetBench bench = new BudgetBench();

  @AfterEach
  void stop() {
    bench.close();
  }

  @Test
  void aJobThatFitsGoesOnUnderItsOwnKeyAndAnotherIsRefusedOnceTheBudgetIsSpent() {
    // Given
    bench.start("acme", 100, WhenSpent.REJECT);

    // When
    bench.ask("acme", "a", 60);
    bench.book("acme", 60, 50);
    bench.ask("acme", "b", 51);
    bench.ask("acme", "c", 50);

    // Then
    assertThat(bench.let).containsExactly("a", "c");
    assertThat(bench.refused)
        .singleElement()
        .satisfies(letter -> {
          assertThat(letter.job().getId()).isEqualTo("b");
          assertThat(letter.failure().getCode()).isEqualTo(DeadLetterCode.BUDGET_SPENT);
          assertThat(letter.failure().getMessage())
              .contains("daily budget of 0.0000000001 USD")
              .contains("0.00000000005 USD are spent")
              .contains("2026-01-31T00:00:00Z");
        });
  }

  @Test
  void aJobGoesWhereOthersOfItsClassGoAndWithOrdinaryOnesWhereNoneDo() {
    // Given
    bench.start("acme", 100, WhenSpent.REJECT);

    // When
    bench.ask("acme", "now", 10);
    bench.ask("acme", "background", 10);

    // Then
    assertThat(bench.let).containsExactly("urgent now", "background");
  }

  @Test
  void whatOthersHoldIsWaitedForAndNotRefused() {
    // Given
    bench.start("acme", 100, WhenSpent.REJECT);
    bench.ask("acme", "a", 60);

    // When
    bench.ask("acme", "b", 60);

    // Then
    assertThat(bench.let).containsExactly("a");
    assertThat(bench.refused).isEmpty();

    // When
    bench.book("acme", 60, 10);

    // Then
    assertThat(bench.let).containsExactly("a", "b");
  }

  @Test
  void whatWaitsIsServedInItsOrderSoThatALargeOneIsNotOvertakenForever() {
    // Given
    bench.start("acme", 100, WhenSpent.REJECT);
    bench.ask("acme", "a", 50);
    bench.ask("acme", "large", 100);

    // When
    bench.ask("acme", "small", 1);
    bench.book("acme", 50, 0);
    bench.book("acme", 100, 0);

    // Then
    assertThat(bench.let).containsExactly("a", "large", "small");
  }

  @Test
  void whatWaitsIsRefusedWhenOthersHaveSpentTheRest() {
    // Given
    bench.start("acme", 100, WhenSpent.REJECT);
    bench.ask("acme", "a", 60);
    bench.ask("acme", "b", 60);

    // When
    bench.book("acme", 60, 60);

    // Then
    assertThat(bench.refused).extracting(letter -> letter.job().getId()).containsExactly("b");
  }

  @Test
  void moreThanTheWholeBudgetIsRefusedAtOnceHoweverItWaits() {
    // Given
    bench.start("acme", 100, WhenSpent.WAIT);

    // When
    bench.ask("acme", "a", 101);

    // Then
    assertThat(bench.refused)
        .singleElement()
        .satisfies(
            letter -> assertThat(letter.failure().getMessage()).contains("more than the whole"));
    assertThat(bench.events).isEmpty();
  }

  @Test
  void whereTheBudgetSaysSoJobsWaitForTheNextDay() {
    // Given
    bench.start("acme", 100, WhenSpent.WAIT);
    bench.ask("acme", "a", 80);
    bench.book("acme", 80, 80);

    // When
    bench.ask("acme", "b", 80);
    bench.ask("acme", "c", 30);
    bench.pass(Duration.ofMinutes(5));

    // Then
    assertThat(bench.let).containsExactly("a");

    // When
    bench.reopen();
    bench.pass(MIDNIGHT);

    // Then
    assertThat(bench.let).containsExactly("a", "b");
    assertThat(bench.refused).isEmpty();

    // When
    bench.book("acme", 80, 1);

    // Then
    assertThat(bench.let).containsExactly("a", "b", "c");
  }

  @Test
  void aJobThatWaitsIsRefusedWhenItsDeadlinePassesAndOthersGoOn() {
    // Given
    bench.start("acme", 100, WhenSpent.WAIT);
    bench.ask("acme", "a", 80);
    bench.ask("acme", "late", 100, BudgetBench.EVENING.plusSeconds(30));
    bench.ask("acme", "b", 20);

    // When
    bench.pass(Duration.ofMinutes(1));

    // Then
    assertThat(bench.refused).extracting(letter -> letter.job().getId()).containsExactly("late");
    assertThat(bench.refused.getFirst().failure().getCode()).isEqualTo(DeadLetterCode.EXPIRED);
    assertThat(bench.let).containsExactly("a", "b");
  }

  @Test
  void aFlightIsAnsweredBeforeJobsAndInItsPartition() {
    // Given
    bench.start("acme", 100, WhenSpent.REJECT);
    bench.ask("acme", "a", 80);
    bench.ask("acme", "b", 30);

    // When
    bench.claim("acme", 7, 25);
    bench.book("acme", 80, 70);

    // Then
    assertThat(bench.let).containsExactly("a");
    assertThat(bench.grants)
        .singleElement()
        .satisfies(grant -> {
          assertThat(grant.getTenant()).isEqualTo("acme");
          assertThat(grant.getReservedPicoDollars()).isEqualTo(25);
        });
    assertThat(bench.grantPartitions).containsExactly(7);

    // When
    bench.claim("acme", 3, 31);

    // Then
    assertThat(bench.grants.getLast().getRefusal().orElseThrow().getCode())
        .isEqualTo(DeadLetterCode.BUDGET_SPENT);
  }

  @Test
  void thresholdsAndTheEndOfABudgetAreToldOnceAPeriod() {
    // Given
    bench.start("acme", 100, WhenSpent.REJECT);

    // When
    bench.ask("acme", "a", 85);
    bench.book("acme", 85, 85);
    bench.ask("acme", "b", 20);
    bench.ask("acme", "c", 20);
    bench.reopen();
    bench.ask("acme", "d", 20);

    // Then
    assertThat(bench.events)
        .extracting(BudgetEvent::getKind, BudgetEvent::getPercent, BudgetEvent::getPeriod)
        .containsExactly(
            tuple(BudgetEventKind.THRESHOLD, 50, BudgetPeriod.DAY),
            tuple(BudgetEventKind.THRESHOLD, 80, BudgetPeriod.DAY),
            tuple(BudgetEventKind.SPENT, 100, BudgetPeriod.DAY));

    // When
    bench.pass(MIDNIGHT);
    bench.ask("acme", "e", 60);
    bench.book("acme", 60, 60);

    // Then
    assertThat(bench.events).hasSize(4);
    assertThat(bench.events.getLast().getPeriodStart()).isEqualTo("2026-01-31T00:00:00Z");
    assertThat(bench.events.getLast().getSpentPicoDollars()).isEqualTo(60);
  }

  @Test
  void tenantsDoNotShareABudgetAndOneWithoutGoesThrough() {
    // Given
    bench.start("acme", 100, WhenSpent.REJECT);
    bench.budgets.put("x", BudgetBench.limited(10, WhenSpent.REJECT));
    bench.reopen();

    // When
    bench.ask("acme", "a", 100);
    bench.ask("x", "b", 10);
    bench.ask("free", "c", 1_000_000);

    // Then
    assertThat(bench.let).containsExactly("a", "b", "c");
  }

  @Test
  void aThousandWishesThatWaitAreAllServed() {
    // Given
    bench.start("acme", 1_000, WhenSpent.WAIT);
    bench.ask("acme", "first", 1_000);
    for (int i = 0; i < 1_000; i++) {
      bench.ask("acme", "job-" + i, 1);
    }

    // When
    bench.book("acme", 1_000, 0);
    bench.pass(Duration.ofSeconds(3));

    // Then
    assertThat(bench.let).hasSize(1_001).doesNotHaveDuplicates().endsWith("job-999");
  }

  @Test
  void whatWaitsAndIsCancelledIsSettledAndWhoStoodBehindItMovesUp() {
    // Given
    bench.start("acme", 100, WhenSpent.REJECT);
    bench.ask("acme", "a", 50);
    bench.ask("acme", "large", 100);
    bench.ask("acme", "small", 10);

    // When
    cancel("acme", "large", EVENING);
    bench.pass(Duration.ofSeconds(2));

    // Then
    assertThat(bench.refused)
        .singleElement()
        .satisfies(letter -> {
          assertThat(letter.job().getId()).isEqualTo("large");
          assertThat(letter.failure().getCode()).isEqualTo(DeadLetterCode.CANCELLED);
        });
    assertThat(bench.let).containsExactly("a", "small");

    // When
    bench.book("acme", 50, 0);
    bench.ask("acme", "b", 90);

    // Then: it held no money
    assertThat(bench.let).containsExactly("a", "small", "b");
  }

  @Test
  void anOrderIsAboutOneRequestOfOneTenantAndNotAboutWhatIsPublishedAfterIt() {
    // Given
    bench.start("acme", 100, WhenSpent.WAIT);
    bench.ask("acme", "a", 100);
    bench.book("acme", 100, 100);
    bench.ask("acme", "b", 100);

    // When
    cancel("acme", "b", EVENING.minusMillis(1));
    cancel("acme", "bb", EVENING);
    cancel("other", "b", EVENING);
    bench.pass(Duration.ofSeconds(2));

    // Then
    assertThat(bench.refused).isEmpty();
  }

  @Test
  void whatWasCancelledBeforeItWouldWaitOrWhileTheTaskWasClosedIsSettled() {
    // Given
    bench.start("acme", 100, WhenSpent.WAIT);
    bench.ask("acme", "a", 100);
    bench.book("acme", 100, 100);
    bench.ask("acme", "b", 100);

    // When
    cancel("acme", "c", EVENING);
    bench.ask("acme", "c", 100);

    // Then
    assertThat(bench.refused).extracting(letter -> letter.job().getId()).containsExactly("c");

    // When
    bench.whileClosed = () -> cancel("acme", "b", EVENING);
    bench.reopen();
    bench.pass(Duration.ofSeconds(2));

    // Then
    assertThat(bench.refused).extracting(letter -> letter.job().getId()).containsExactly("c", "b");
  }

  private void cancel(String tenant, String id, Instant at) {
    bench.cancellations.add(new Request(tenant, id), at);
  }
}
