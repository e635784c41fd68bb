/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TrendTest {

  @Test
  void whatRisesEvenlyHasThatSlope() {
    // Given
    Trend trend = new Trend();
    for (int second = 0; second <= 10; second++) {
      trend.add(second, 100 + 3 * second);
    }

    // Then
    assertThat(trend.slope()).isCloseTo(3, within(1e-9));
    assertThat(trend.change()).isCloseTo(30, within(1e-9));
    assertThat(trend.mean()).isCloseTo(115, within(1e-9));
  }

  @Test
  void oneValueRisesNowhere() {
    // Given
    Trend trend = new Trend();
    trend.add(5, 7);

    // Then
    assertThat(trend.slope()).isZero();
    assertThat(trend.change()).isZero();
  }
}
