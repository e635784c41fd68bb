/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.connectors.aws.BackOff;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final long MILLISECOND = 1_000_000;
  private static final long LATER = Duration.ofMinutes(1).toNanos();

  private final Pace pace = new Pace(8, BackOff.USUAL, new Random(1));

  @Test
  void undisturbedAsManyRequestsMayGoAsAreAllowed() {
    assertThat(pace.permitIn(7, 0)).isZero();
    assertThat(pace.permitIn(8, 0)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void afterARefusalThereIsAPauseAndHalfAsManyRequests() {
    // When
    pace.refused(0, true, MILLISECOND);

    // Then
    assertThat(pace.permitIn(0, MILLISECOND)).isBetween(125 * MILLISECOND, 250 * MILLISECOND);
    assertThat(pace.permitIn(3, LATER)).isZero();
    assertThat(pace.permitIn(4, LATER)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void answersToRequestsFromBeforeThePauseTellNothingNew() {
    // Given
    pace.refused(0, true, 10);
    long pause = pace.permitIn(0, 10);

    // When
    pace.refused(5, false, 11);
    pace.taken(6);

    // Then
    assertThat(pace.permitIn(0, 10)).isEqualTo(pause);
    assertThat(pace.permitIn(3, LATER)).isZero();
    assertThat(pace.permitIn(4, LATER)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void thePauseGrowsWhileNothingGetsThrough() {
    // When
    pace.refused(0, false, 1);
    pace.refused(1, false, 2);
    pace.refused(2, false, 3);

    // Then
    assertThat(pace.permitIn(0, 3)).isBetween(500 * MILLISECOND, 1_000 * MILLISECOND);
  }

  @Test
  void thePauseStaysShortWhileSomeGetsThrough() {
    // When
    pace.refused(0, true, 1);
    pace.refused(1, true, 2);
    pace.refused(2, true, 3);

    // Then
    assertThat(pace.permitIn(0, 3)).isLessThanOrEqualTo(250 * MILLISECOND);
    assertThat(pace.permitIn(1, LATER)).as("one at a time").isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void requestsThatAreTakenLetMoreGoOneByOne() {
    // Given
    pace.refused(0, true, 1);

    // When
    pace.taken(2);

    // Then
    assertThat(pace.permitIn(4, 2)).isZero();
    assertThat(pace.permitIn(5, 2)).isEqualTo(Long.MAX_VALUE);
  }

  /** A shard of 1,000 records a second is offered far more, in requests of 500. */
  @Property(tries = 50)
  void aShardAtItsLimitIsUsedToTheBrimAndNotHammered(
      @ForAll @IntRange(min = 5, max = 100) int latency, @ForAll Random random) {
    // Given
    Pace shared = new Pace(8, BackOff.USUAL, random);
    Deque<Integer> sent = new ArrayDeque<>();
    int room = 1_000;
    long tried = 0;
    long taken = 0;

    // When
    for (int millis = 0; millis < 60_000; millis++) {
      room = Math.min(1_000, room + 1);
      while (!sent.isEmpty() && millis - sent.element() >= latency) {
        long sentAt = sent.remove() * MILLISECOND;
        int fits = Math.min(room, 500);
        room -= fits;
        taken += fits;
        if (fits == 500) {
          shared.taken(sentAt);
        } else {
          shared.refused(sentAt, fits > 0, millis * MILLISECOND);
        }
      }
      while (shared.permitIn(sent.size(), millis * MILLISECOND) == 0) {
        sent.add(millis);
        tried += 500;
      }
    }

    // Then
    assertThat(taken).isGreaterThan(57_000);
    assertThat(tried).isLessThan(4 * taken);
  }
}
