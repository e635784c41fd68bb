/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DemoIT {
  @Test
  void eachRequestOfTheDemoIsSettledAsItsFileSays() {
    // When
    CommandRun run = CommandRun.of("demo");

    // Then
    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(run.lastLine())
        .matches(
            "settled 65 of 65 requests: 56 results, 9 dead letters, \\d+ model calls, "
                + "11 answered without a call");
    assertThat(run.out()).doesNotContain("not as expected");
  }
}
