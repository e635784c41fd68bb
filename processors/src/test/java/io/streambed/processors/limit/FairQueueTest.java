/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.processors.limit.FairQueue.Flow;
import io.streambed.schemas.Priority;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FairQueueTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final List<Priority> CLASSES =
      List.of(Priority.INTERACTIVE, Priority.STANDARD, Priority.BACKGROUND);
  private static final int MAX_COST = 1_000;

  /** Something that waits. No two are equal, as in the queue. */
  private static final class Item {
    private final Flow flow;
    private final int cost;

    Item(Flow flow, int cost) {
      this.flow = flow;
      this.cost = cost;
    }

    Flow flow() {
      return flow;
    }

    int cost() {
      return cost;
    }
  }

  private final FairQueue<Item> queue = new FairQueue<>();

  /** The bound is Theorem 1 of the paper that {@link Turns} names. */
  @Property(tries = 200)
  void whatTwoTenantsThatAlwaysWaitGetDiffersByALargestCallOfEachAtMost(
      @ForAll @IntRange(min = 2, max = 6) int tenants, @ForAll Random random) {
    // Given
    FairQueue<Item> fair = new FairQueue<>();
    List<Flow> flows = new ArrayList<>();
    for (int i = 0; i < tenants; i++) {
      flows.add(new Flow(Priority.STANDARD, "t" + i, 1 + random.nextInt(10)));
      fair.add(flows.get(i), Instant.MAX, new Item(flows.get(i), cost(random)));
    }
    Map<Flow, Double> got = new HashMap<>();

    // When
    for (int i = 0; i < 500; i++) {
      Item item = fair.next(flow -> true).orElseThrow();
      fair.add(item.flow(), Instant.MAX, new Item(item.flow(), cost(random)));
      fair.serve(item, item.cost());
      got.merge(item.flow(), item.cost() / item.flow().weight(), Double::sum);

      // Then: at any time
      for (Flow one : flows) {
        for (Flow other : flows) {
          assertThat(got.getOrDefault(one, 0.0) - got.getOrDefault(other, 0.0))
              .isLessThanOrEqualTo(MAX_COST / one.weight() + MAX_COST / other.weight());
        }
      }
    }
  }

  @Property(tries = 200)
  void nothingIsLostOrServedTwiceAndSomethingIsAlwaysServedWhileAnythingWaits(
      @ForAll Random random) {
    // Given
    FairQueue<Item> fair = new FairQueue<>();
    List<Item> waiting = new ArrayList<>();

    for (int i = 0; i < 1_000; i++) {
      switch (random.nextInt(5)) {
        case 0, 1 -> {
          Priority priority = CLASSES.get(random.nextInt(3));
          Flow flow = new Flow(priority, "t" + random.nextInt(5), 1 + random.nextInt(3));
          Item item = new Item(flow, cost(random));
          waiting.add(item);
          fair.add(flow, random.nextBoolean() ? Instant.MAX : NOON.plusMillis(i), item);
        }
        case 2, 3 ->
            fair.next(flow -> true)
                .ifPresent(item -> {
                  fair.serve(item, item.cost());
                  assertThat(waiting.remove(item)).isTrue();
                  fair.putRight(item.flow(), random.nextInt(200) - 100);
                });
        default -> {
          if (!waiting.isEmpty()) {
            Item gone = waiting.remove(random.nextInt(waiting.size()));
            assertThat(fair.remove(gone)).isTrue();
          }
        }
      }
      assertThat(fair.size()).isEqualTo(waiting.size());
      assertThat(fair.next(flow -> true).isPresent()).isEqualTo(!waiting.isEmpty());
    }
  }

  @Test
  void urgentWorkOvertakesABacklogAndDoesNotStarveIt() {
    // Given
    Flow urgent = new Flow(Priority.INTERACTIVE, "t", 1);
    Flow later = new Flow(Priority.BACKGROUND, "t", 1);
    add(later, 200);
    serve(100);

    // When
    add(urgent, 200);

    // Then
    assertThat(serve(10)).containsOnly(Map.entry(urgent, 10));
    assertThat(serve(160)).containsEntry(later, 10);
  }

  @Test
  void whoWasAwayHasNoClaimToWhatItCouldHaveHad() {
    // Given
    Flow away = new Flow(Priority.STANDARD, "away", 1);
    Flow here = new Flow(Priority.STANDARD, "here", 1);
    add(here, 1_000);
    serve(500);

    // When
    add(away, 100);

    // Then
    assertThat(serve(100)).containsEntry(away, 50).containsEntry(here, 50);
  }

  @Test
  void aTenantWhoseAnswersAreLongerThanExpectedGetsFewerOfThem() {
    // Given
    Flow lengthy = new Flow(Priority.STANDARD, "lengthy", 1);
    Flow brief = new Flow(Priority.STANDARD, "brief", 1);
    add(lengthy, 1_000);
    add(brief, 1_000);

    // When: each is expected to cost 100
    Map<Flow, Integer> served = new HashMap<>();
    for (int i = 0; i < 400; i++) {
      Item item = queue.next(flow -> true).orElseThrow();
      queue.serve(item, 100);
      queue.putRight(item.flow(), item.flow().equals(lengthy) ? 200 : 0);
      served.merge(item.flow(), 1, Integer::sum);
    }

    // Then
    assertThat(served.get(lengthy)).isBetween(99, 101);
  }

  @Test
  void theEarliestDeadlineOfATenantGoesFirst() {
    // Given
    Flow flow = new Flow(Priority.STANDARD, "t", 1);
    Item never = new Item(flow, 1);
    Item late = new Item(flow, 1);
    Item soon = new Item(flow, 1);
    Item first = new Item(flow, 1);
    queue.add(flow, Instant.MAX, never);
    queue.add(flow, NOON.plusSeconds(1), late);
    queue.add(flow, NOON, soon);
    queue.addFirst(flow, first);

    // Then
    for (Item item : List.of(first, soon, late, never)) {
      assertThat(queue.next(any -> true).orElseThrow()).isSameAs(item);
      queue.serve(item, 1);
    }
  }

  @Test
  void aFlowThatMayNotGoIsPassedOver() {
    // Given
    Flow barred = new Flow(Priority.INTERACTIVE, "barred", 1);
    Flow free = new Flow(Priority.STANDARD, "free", 1);
    add(barred, 1);
    add(free, 1);

    // Then
    assertThat(queue.next(flow -> !flow.equals(barred)).orElseThrow().flow()).isEqualTo(free);
    assertThat(queue.next(flow -> false)).isEmpty();
  }

  @Test
  void tenantsOfThePastAreForgotten() {
    // Given
    Turns<Integer> turns = new Turns<>();
    for (int i = 0; i < 100_000; i++) {
      turns.join(i, 1);
      turns.serve(i, 10, false);
      turns.join(-1, 1);
      turns.serve(-1, 20, false);
    }

    // Then
    assertThat(turns.remembered()).isLessThan(1_000);
  }

  private void add(Flow flow, int items) {
    for (int i = 0; i < items; i++) {
      queue.add(flow, Instant.MAX, new Item(flow, 100));
    }
  }

  private Map<Flow, Integer> serve(int items) {
    Map<Flow, Integer> served = new HashMap<>();
    for (int i = 0; i < items; i++) {
      Item item = queue.next(flow -> true).orElseThrow();
      queue.serve(item, item.cost());
      served.merge(item.flow(), 1, Integer::sum);
    }
    return served;
  }

  private static int cost(Random random) {
    return 1 + random.nextInt(MAX_COST);
  }
}
