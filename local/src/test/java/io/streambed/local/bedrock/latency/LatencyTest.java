/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatencyTest {
  @Test
  void halfOfTheCallsTakeLessThanTheMedian() {
    // Given
    Latency latency = new Latency.LogNormal(Duration.ofMillis(400), 0.5);
    Random random = new Random(1);

    // When
    double[] millis =
        IntStream.range(0, 10_000)
            .mapToDouble(n -> latency.untilDone(100, random).toNanos() / 1e6)
            .sorted()
            .toArray();

    // Then
    assertThat(millis[5_000]).isBetween(385.0, 415.0);
    assertThat(millis[9_900]).isBetween(1_100.0, 1_500.0);
  }

  @Test
  void betweenTwoTimesEachIsAsLikely() {
    // Given
    Latency latency = new Latency.Uniform(Duration.ofMillis(500), Duration.ofMillis(1500));
    Random random = new Random(1);

    // When
    double[] millis =
        IntStream.range(0, 10_000)
            .mapToDouble(n -> latency.untilDone(100, random).toNanos() / 1e6)
            .sorted()
            .toArray();

    // Then
    assertThat(millis[0]).isBetween(500.0, 501.0);
    assertThat(millis[2_500]).isBetween(730.0, 770.0);
    assertThat(millis[7_500]).isBetween(1_230.0, 1_270.0);
    assertThat(millis[9_999]).isBetween(1_499.0, 1_500.0);
  }

  @Test
  void eachTokenTakesItsTime() {
    // Given
    Latency latency = new Latency.PerToken(Duration.ofMillis(200), Duration.ofMillis(5));

    // Then
    assertThat(latency.untilDone(100, new Random(1))).isEqualTo(Duration.ofMillis(700));
  }
}
