/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TransactionPaceTest {

  private final TransactionPace pace = new TransactionPace(3);

  @Test
  void itEndsWhenNothingMoreIsAtHand() {
    assertThat(pace.endsWith(true, false)).isFalse();
    assertThat(pace.endsWith(true, true)).isTrue();
  }

  @Test
  void itEndsAfterManyRecords() {
    assertThat(pace.endsWith(true, false)).isFalse();
    assertThat(pace.endsWith(true, false)).isFalse();
    assertThat(pace.endsWith(true, false)).isTrue();
    assertThat(pace.endsWith(true, false)).isFalse();
  }

  @Test
  void itNeverEndsWithinAnAggregatedRecord() {
    for (int i = 0; i < 10; i++) {
      assertThat(pace.endsWith(false, i == 9)).isFalse();
    }
    assertThat(pace.endsWith(true, false)).isTrue();
  }
}
