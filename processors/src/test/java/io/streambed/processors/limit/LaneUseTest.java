/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.schemas.TokenUsage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LaneUseTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final LaneUse use = new LaneUse(5);

  @Test
  void anAnswersTokensBurnDownAndWhatIsReadFromTheCacheIsFree() {
    // When
    use.answered(new TokenUsage(100L, 10L, 1_000L, 20L, 0L), START);

    // Then: input, what was written to the cache, and five times the answer
    assertThat(use.counts(START).tokens()).isEqualTo(100 + 20 + 5 * 10);
  }

  @Test
  void aThrottledCallIsNoRequest() {
    // When: two begin, and the first is refused in a later second
    use.begun(START);
    use.begun(START.plusSeconds(1));
    use.throttled(START, START.plusSeconds(3));

    // Then
    assertThat(use.counts(START.plusSeconds(3))).isEqualTo(new LaneUse.Counts(1, 0, 1, 1));
    assertThat(use.counts(START.plusSeconds(62))).isEqualTo(new LaneUse.Counts(0, 0, 1, 1));
    assertThat(use.counts(START.plusSeconds(70))).isEqualTo(new LaneUse.Counts(0, 0, 0, 1));
  }

  @Test
  void aCallThatIsRefusedAfterAMinuteTakesNothingOfLaterOnes() {
    // Given
    use.begun(START);
    use.begun(START.plusSeconds(90));

    // When
    use.throttled(START, START.plusSeconds(91));

    // Then
    assertThat(use.counts(START.plusSeconds(91)).requests()).isEqualTo(1);
  }

  @Property
  void theSumIsThatOfTheLastSixtySeconds(
      @ForAll @Size(max = 40) List<@IntRange(min = 0, max = 50_000) Integer> gapsMillis) {
    // Given
    LastMinute minute = new LastMinute();
    List<Instant> times = new ArrayList<>();
    Instant now = START;
    for (int gap : gapsMillis) {
      now = now.plusMillis(gap);
      times.add(now);

      // When
      minute.add(3, now, now);

      // Then
      long second = now.getEpochSecond();
      long within = times.stream().filter(at -> at.getEpochSecond() > second - 60).count();
      assertThat(minute.sum(now)).isEqualTo(3 * within);
    }
  }

  @Test
  void aClockThatIsSetBackLosesNothing() {
    // Given
    use.begun(START);

    // When
    use.begun(START.minusSeconds(30));

    // Then
    assertThat(use.counts(START.minusSeconds(30)).requests()).isEqualTo(2);
    assertThat(use.counts(START.plusSeconds(59)).requests()).isEqualTo(2);
    assertThat(use.counts(START.plusSeconds(60)).requests()).isZero();
  }
}
