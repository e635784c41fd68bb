/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.rerun;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundsTest {

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  @Test
  void everyFormIsRead() {
    assertThat(Bounds.parse("beginning", NOW)).contains(new Bounds.Beginning());
    assertThat(Bounds.parse("END", NOW)).contains(new Bounds.End());
    assertThat(Bounds.parse("1200", NOW))
        .contains(new Bounds.Offsets(Optional.of(1200L), Map.of()));
    assertThat(Bounds.parse("0:5,3:7", NOW))
        .contains(new Bounds.Offsets(Optional.empty(), Map.of(0, 5L, 3, 7L)));
    assertThat(Bounds.parse("7d", NOW)).contains(new Bounds.Time(NOW.minus(Duration.ofDays(7))));
    assertThat(Bounds.parse("2026-11-01T00:00:00Z", NOW))
        .contains(new Bounds.Time(Instant.parse("2026-11-01T00:00:00Z")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-5", "0:", "0:1,", "1.5", "0:1,2"})
  void anythingElseIsNone(String text) {
    assertThat(Bounds.parse(text, NOW)).isEmpty();
  }
}
