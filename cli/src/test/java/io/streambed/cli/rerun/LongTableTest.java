/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.rerun;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LongTableTest {

  @Test
  void itHoldsWhatAMapHolds() {
    // Given: keys that meet often, and some that differ in one half only
    Random random = new Random(3);
    Map<Long, Long> map = new HashMap<>();
    LongTable table = new LongTable();

    // When
    for (int i = 0; i < 100_000; i++) {
      long key = random.nextInt(30_000);
      long value = random.nextInt(Integer.MAX_VALUE);
      map.put(key, value);
      table.put(key % 7, key, value);
    }

    // Then
    assertThat(table.size()).isEqualTo(map.size());
    map.forEach(
        (key, value) -> assertThat(table.get(key % 7, key)).isEqualTo(OptionalLong.of(value)));
    assertThat(table.get(3, -1)).isEmpty();
    assertThat(table.get(-1, 3)).isEmpty();
  }
}
