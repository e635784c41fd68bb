/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.rerun;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReportTest {

  @Test
  void theTimeLeftIsThatOfTheOffsetsLeftAtTheSpeedSoFar() {
    assertThat(Report.left(Duration.ofSeconds(10), 100, 300)).contains(Duration.ofSeconds(30));
  }

  @Test
  void nobodyKnowsItBeforeSomethingIsDone() {
    assertThat(Report.left(Duration.ofSeconds(10), 0, 300)).isEmpty();
    assertThat(Report.left(Duration.ZERO, 5, 300)).isEmpty();
  }

  @Test
  void atTheEndThereIsNone() {
    assertThat(Report.left(Duration.ofSeconds(10), 0, 0)).contains(Duration.ZERO);
  }
}
