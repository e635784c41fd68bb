/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.rerun;

import static io.streambed.cli.replay.Recordings.NOW;
import static io.streambed.cli.replay.Recordings.plan;
import static io.streambed.cli.replay.Recordings.platform;
import static io.streambed.cli.replay.Recordings.prompt;
import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.cli.replay.Judge;
import io.streambed.cli.replay.Paces;
import io.streambed.cli.replay.Recorded;
import io.streambed.cli.replay.Recordings;
import io.streambed.cli.replay.Share;
import io.streambed.cli.replay.Verdict;
import io.streambed.cli.settlement.Settlement;
import io.streambed.schemas.ReplayChanges;
import io.streambed.schemas.ReplayOnly;
import io.streambed.schemas.replay.Place;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SliceTest {

  private static final ReplayChanges NOTHING = ReplayChanges.newBuilder().build();

  private final Recordings earlier = new Recordings();
  private final Judge judge = new Judge(plan(ReplayOnly.ALL, NOTHING), platform(), earlier);

  @Test
  void noMoreAreOpenThanTheWindowHoldsAndWhatIsKnownNeedsNoPlaceInIt() {
    // Given: every second answer is known
    Deque<Slice.Judged> queue = new ArrayDeque<>();
    for (int i = 0; i < 100; i++) {
      Recorded recorded = prompt(i, "q" + i, "Question " + i, 100);
      if (i % 2 == 0) {
        earlier.answered(recorded, "end_turn", 20);
      }
      queue.add(judged(recorded));
    }
    Open open = new Open(Map.of("default", 4L, "cheap", 90L), 0);

    // When
    Slice slice = Slice.of(queue, allowed(10, OptionalLong.empty()), open, NOW);

    // Then
    assertThat(open.count("default")).isEqualTo(10);
    assertThat(slice.taken()).hasSize(13);
    assertThat(slice.costReached()).isFalse();
  }

  @Test
  void whateverCallsCostWithinTheirBoundsTheMostIsNeverExceeded() {
    Random random = new Random(11);
    for (int round = 0; round < 100; round++) {
      // Given
      Deque<Slice.Judged> queue = new ArrayDeque<>();
      for (int i = 0; i < 60; i++) {
        queue.add(judged(prompt(i, "q" + i, "Question " + i, 50 + random.nextInt(400))));
      }
      long one = ((Verdict.Asked) queue.element().verdict().orElseThrow()).boundPicoDollars();
      long most = one * (1 + random.nextInt(40));
      Open open = new Open(Map.of(), 0);
      Deque<Long> bounds = new ArrayDeque<>();
      boolean reached = false;

      // When: slices are asked, and answers come that cost anything up to their bound
      while (!reached && !(queue.isEmpty() && bounds.isEmpty())) {
        Slice slice = Slice.of(queue, allowed(8, OptionalLong.of(most)), open, NOW);
        reached = slice.costReached();
        slice
            .taken()
            .forEach(
                it -> bounds.add(((Verdict.Asked) it.verdict().orElseThrow()).boundPicoDollars()));
        if (!bounds.isEmpty()) {
          long bound = bounds.remove();
          long cost = Math.round(bound * random.nextDouble());
          open.settled(output(bound, cost));
        }
      }

      // Then
      assertThat(open.spent()).isLessThanOrEqualTo(most);
      assertThat(reached || queue.isEmpty()).isTrue();
      assertThat(open.count()).isZero();
    }
  }

  @Test
  void withAMostCostNothingIsAskedThatMayCostAnything() {
    // Given: the second may be answered by a model without a price
    for (OptionalLong most : List.of(OptionalLong.empty(), OptionalLong.of(Long.MAX_VALUE))) {
      Deque<Slice.Judged> queue = new ArrayDeque<>();
      queue.add(judged(prompt(0, "a", "Why?", 100)));
      queue.add(unpriced(prompt(1, "b", "How?", 100)));
      queue.add(judged(prompt(2, "c", "When?", 100)));

      // When
      Slice slice = Slice.of(queue, allowed(10, most), new Open(Map.of(), 0), NOW);

      // Then
      assertThat(slice.taken()).hasSize(most.isEmpty() ? 3 : 1);
      assertThat(slice.unpriced())
          .isEqualTo(most.isEmpty() ? Optional.empty() : Optional.of("default"));
      assertThat(slice.costReached()).isFalse();
    }
  }

  private Slice.Judged unpriced(Recorded recorded) {
    Verdict.Asked one = (Verdict.Asked) judge.of(recorded, NOW);
    return new Slice.Judged(
        new Item.Request(recorded),
        Optional.of(new Verdict.Asked(recorded, one.value(), one.job(), -1, one.forecast())));
  }

  @Test
  void aPaceHoldsTheNextBack() {
    // Given
    Deque<Slice.Judged> queue = new ArrayDeque<>();
    for (int i = 0; i < 30; i++) {
      queue.add(judged(prompt(i, "q" + i, "Question " + i, 100)));
    }
    Paces paces = new Paces(new Share(1), platform().models());
    Slice.Allowed allowed =
        new Slice.Allowed(Map.of("default", 1_000), OptionalLong.empty(), paces);

    // When
    Open open = new Open(Map.of(), 0);
    Slice now = Slice.of(queue, allowed, open, NOW);
    Slice soon = Slice.of(queue, allowed, open, NOW.plusSeconds(1));

    // Then: 60 calls a minute, and a second's worth at once
    assertThat(now.taken()).hasSize(2);
    assertThat(soon.taken()).hasSize(1);
  }

  private Slice.Judged judged(Recorded recorded) {
    return new Slice.Judged(new Item.Request(recorded), Optional.of(judge.of(recorded, NOW)));
  }

  private static Slice.Allowed allowed(int window, OptionalLong maxCost) {
    return new Slice.Allowed(Map.of("default", window), maxCost, new Paces(new Share(1), Map.of()));
  }

  private static Outputs.Output output(long bound, long cost) {
    var result = Recordings.result("q", new byte[32], "end_turn", 10);
    result.put("costPicoDollars", cost);
    return new Outputs.Output(new Place("t", 0, 0), false, bound, new Settlement.Answered(result));
  }
}
