/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final Instant BEGIN = Instant.parse("2026-11-20T12:00:00Z");

  @Test
  void overAnySpanNoMoreGoesThanItsRateAndASecondsWorth() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      // Given
      double calls = 1 + random.nextInt(50);
      double tokens = 100 + random.nextInt(5_000);
      Pace pace = new Pace(calls, tokens);
      int most = 1 + random.nextInt(200);
      long asked = 0;
      long took = 0;
      Instant now = BEGIN;

      // When: as much is asked as may be, at random times
      for (int step = 0; step < 300; step++) {
        now = now.plusMillis(random.nextInt(60));
        while (pace.allows(now)) {
          long its = random.nextInt(most);
          pace.took(now, 1, (double) its);
          asked++;
          took += its;
        }
      }

      // Then
      double seconds = Duration.between(BEGIN, now).toMillis() / 1000.0;
      assertThat(asked).isLessThanOrEqualTo((long) Math.ceil(calls * (seconds + 1)) + 1);
      assertThat((double) took).isLessThanOrEqualTo(tokens * (seconds + 1) + most);
    }
  }

  @Test
  void whatWasNotUsedIsNotSavedUp() {
    // Given
    Pace pace = new Pace(10, Double.POSITIVE_INFINITY);
    Instant later = BEGIN.plus(Duration.ofHours(1));

    // When
    int asked = 0;
    while (pace.allows(later)) {
      pace.took(later, 1, 1_000_000);
      asked++;
    }

    // Then
    assertThat(asked).isEqualTo(11);
  }

  @Test
  void withoutAQuotaThereIsNoPace() {
    // Given
    Pace pace = new Pace(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

    // When
    for (int i = 0; i < 100_000; i++) {
      pace.took(BEGIN, 1, 1_000_000);
    }

    // Then
    assertThat(pace.allows(BEGIN)).isTrue();
  }
}
