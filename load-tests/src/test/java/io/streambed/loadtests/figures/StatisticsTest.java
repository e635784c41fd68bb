/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatisticsTest {

  @Test
  void theMedianIsTheMiddleOne() {
    assertThat(Statistics.median(List.of(9.0, 1.0, 2.0))).isEqualTo(2);
    assertThat(Statistics.median(List.of(9.0, 1.0, 2.0, 4.0))).isEqualTo(3);
    assertThat(Statistics.median(List.of())).isZero();
  }

  @Test
  void ofAHundredValuesOneIsAboveTheNinetyNinthPercentile() {
    // Given
    double[] values = IntStream.rangeClosed(1, 100).mapToDouble(n -> 101 - n).toArray();

    // When, Then
    assertThat(Statistics.percentile(values, 0.99)).isEqualTo(99);
    assertThat(Statistics.percentile(values, 0.5)).isEqualTo(50);
    assertThat(Statistics.percentile(new double[] {4}, 0.01)).isEqualTo(4);
  }
}
