/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SharesTest {

  @Test
  void isOneWhereTheModestGotAllAndTheGreedyTheRest() {
    assertThat(Shares.jain(Map.of("a", 10, "b", 20, "c", 900), Map.of("a", 10, "b", 20, "c", 70)))
        .isEqualTo(1, within(1e-9));
  }

  @Test
  void isOneByTheirNumberWhereOneGotAll() {
    assertThat(Shares.jain(Map.of("a", 100, "b", 100, "c", 100, "d", 100), Map.of("a", 100)))
        .isEqualTo(0.25, within(1e-9));
  }

  @Test
  void fallsWhereAModestOneGotHalf() {
    // Of 50, 10 are fair for the one and 40 for the other: they got 5 and 45.
    assertThat(Shares.jain(Map.of("a", 10, "b", 900), Map.of("a", 5, "b", 45)))
        .isEqualTo(1.625 * 1.625 / (2 * (0.25 + 1.125 * 1.125)), within(1e-9));
  }
}
