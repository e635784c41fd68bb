/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UseTest {

  @Test
  void cpuAndMemoryAreReadBehindANameThatHoldsAnything() {
    // Given
    String stat =
        "42 (a) b (c) S 1 42 42 0 -1 4194560 9 0 0 0 150 50 0 0 20 0 30 0 999 8000000 25600 1 2 3";

    // When
    Use use = Use.parse(stat);

    // Then
    assertThat(use).isEqualTo(new Use(2.0, 25600L * 4096));
  }

  @Test
  void timeThatTheMachineSpentWaitingIsNotCounted() {
    assertThat(Use.busySeconds("cpu  100 20 300 99999 88888 40 50 0 0 0")).isEqualTo(5.1);
  }

  @Test
  void ourOwnProcessUsesSomething() {
    assertThat(Use.of(ProcessHandle.current().pid()).residentBytes()).isPositive();
    assertThat(Use.ofTheMachine()).isPositive();
  }
}
