/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReplayUsageTest {

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of("--share 0", "--share: give a part above 0"),
        Arguments.of("--share 1.5", "--share: give a part above 0"),
        Arguments.of("--run a/b", "--run: give up to 100 letters"),
        Arguments.of("--run requests", "--run: give up to 100 letters"),
        Arguments.of("--only some", "--only"),
        Arguments.of("--model nobody", "--model: nobody is no alias that is configured; there are"),
        Arguments.of("--max-tokens 0", "--max-tokens: give 1 or more"),
        Arguments.of("--temperature 2", "--temperature: give 0 to 1"),
        Arguments.of("--max-cost -1", "--max-cost: give dollars above 0"),
        Arguments.of("--from soon", "--from: give a time such as"),
        Arguments.of("--to 1:", "--to: give a time such as"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsToldWithItsOptionBeforeAnythingIsAsked(String options, String told) {
    // When
    CommandRun run = CommandRun.of(("replay " + options).split(" "));

    // Then
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(told);
  }
}
