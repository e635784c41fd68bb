/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.rerun;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpoolTest {

  @Test
  void everyValueIsThereInAnyOrderWhateverItsSize() {
    // Given
    Random random = new Random(5);
    List<byte[]> values = new ArrayList<>();
    List<Long> places = new ArrayList<>();
    try (Spool spool = Spool.open()) {
      // When
      for (int i = 0; i < 300; i++) {
        byte[] value = new byte[random.nextInt(i % 50 == 0 ? 3 << 20 : 2_000)];
        random.nextBytes(value);
        values.add(value);
        places.add(spool.add(value));

        // Then
        int any = random.nextInt(values.size());
        assertThat(spool.get(places.get(any))).isEqualTo(values.get(any));
      }
    }
  }
}
