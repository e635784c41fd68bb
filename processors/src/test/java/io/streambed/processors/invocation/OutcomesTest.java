/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutcomesTest {

  @Test
  void sharesAddUpExactlyAndTheFirstBearsTheRemainder() {
    assertThat(Outcomes.shares(100, List.of(1, 1, 1))).containsExactly(34L, 33L, 33L);
    assertThat(Outcomes.shares(7, List.of(0, 0))).containsExactly(7L, 0L);
    assertThat(Outcomes.shares(0, List.of(5, 3))).containsExactly(0L, 0L);
  }

  @Test
  void sharesOfLargeSumsDoNotOverflow() {
    // Given
    Random random = new Random(1);
    for (int i = 0; i < 1_000; i++) {
      long total = random.nextLong(1L << 60);
      List<Integer> weights = random.ints(1 + random.nextInt(96), 0, 1 << 20).boxed().toList();

      // When
      List<Long> shares = Outcomes.shares(total, weights);

      // Then
      assertThat(shares.stream().mapToLong(Long::longValue).sum()).isEqualTo(total);
      assertThat(shares).allMatch(share -> share >= 0);
    }
  }
}
