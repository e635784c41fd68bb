/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeLeftTest {

  @Test
  void theTimeLeftIsThatOfTheOffsetsLeftAtTheSpeedSoFar() {
    assertThat(TimeLeft.of(Duration.ofSeconds(10), 100, 300)).contains(Duration.ofSeconds(30));
  }

  @Test
  void nobodyKnowsItBeforeSomethingIsDone() {
    assertThat(TimeLeft.of(Duration.ofSeconds(10), 0, 300)).isEmpty();
    assertThat(TimeLeft.of(Duration.ZERO, 5, 300)).isEmpty();
  }

  @Test
  void atTheEndThereIsNone() {
    assertThat(TimeLeft.of(Duration.ofSeconds(10), 0, 0)).contains(Duration.ZERO);
  }
}
