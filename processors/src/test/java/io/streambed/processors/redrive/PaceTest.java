/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.redrive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  @ParameterizedTest
  @ValueSource(doubles = {0.2, 1, 7.5, 50, 3_000, 100_000})
  void inNoStretchOfTimeGoMoreThanTheRateAndASlice(double perSecond) {
    // Given: slices of any size that is allowed, and delays of all kinds between them
    Random random = new Random(7);
    Pace pace = new Pace(perSecond, Instant.MIN);
    Instant now = BEGIN;
    long[] sent = new long[400];
    Instant[] at = new Instant[400];

    // When
    for (int i = 0; i < sent.length; i++) {
      now = now.plus(pace.wait(now)).plusNanos(random.nextInt(5) == 0 ? 900_000_000L : 1_000);
      sent[i] = 1L + random.nextInt(pace.slice());
      at[i] = now;
      pace = pace.after((int) sent[i], now);
    }

    // Then
    for (int from = 0; from < sent.length; from += 13) {
      long sum = 0;
      for (int to = from; to < sent.length; to++) {
        sum += sent[to];
        double seconds = Duration.between(at[from], at[to]).toNanos() / 1e9;
        assertThat((double) sum).isLessThanOrEqualTo(perSecond * seconds + pace.slice() + 1);
      }
    }
  }

  @Test
  void aPaceThatIsKeptUpUsesItAll() {
    // Given
    Pace pace = new Pace(50, Instant.MIN);
    Instant now = BEGIN;

    // When
    for (int sent = 0; sent < 1_000; sent += 25) {
      now = now.plus(pace.wait(now));
      pace = pace.after(25, now);
    }

    // Then
    assertThat(Duration.between(BEGIN, now))
        .isBetween(Duration.ofSeconds(19), Duration.ofSeconds(20));
  }

  @Test
  void aRateIsAboveNothing() {
    assertThatThrownBy(() -> new Pace(0, BEGIN)).hasMessageContaining("rate");
  }
}
