/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PositionTest {

  static Position[] kept() {
    return new Position[] {
      new Position.From(Instant.ofEpochMilli(1_790_000_000_000L)),
      new Position.After("49590338271490256608559692538361571095921575989136588898"),
      new Position.Within("49590338271490256608559692538361571095921575989136588898", 7),
      new Position.Ended()
    };
  }

  @ParameterizedTest
  @MethodSource("kept")
  void whatIsKeptIsReadBack(Position position) {
    assertThat(Position.of(position.offset())).contains(position);
  }

  static Map<?, ?>[] foreign() {
    return new Map<?, ?>[] {
      Map.of(),
      Map.of("sequence", 7),
      Map.of("sequence", "seven"),
      Map.of("sequence", "7", "subsequence", -1),
      Map.of("sequence", "7", "more", 1),
      Map.of("ended", false),
      Map.of("timestamp", -1),
      Map.of("timestamp", "2026-01-01")
    };
  }

  @ParameterizedTest
  @MethodSource("foreign")
  void whatIsNotOursIsNoPosition(Map<String, ?> offset) {
    assertThat(Position.of(offset)).isEmpty();
  }
}
