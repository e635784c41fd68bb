/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streambed.loadtests.service.StandInMain;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildrenIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir Path folder;

  @Test
  void aProcessSaysWhereItIsTakesOrdersIsMeasuredAndEndsWithTheRun() {
    // Given
    Child child;
    try (Children children = new Children(folder, LIMIT)) {
      child = children.start(Launch.own("stand-in", "256m", StandInMain.class, List.of()));
      Window window = Window.open(children);

      // When
      String url = child.awaitReady(LIMIT);
      String answer = child.ask("restart", LIMIT);

      // Then
      assertThat(url).startsWith("http://127.0.0.1:");
      assertThat(answer).isEqualTo("done");
      Window.Spent spent = window.close();
      assertThat(spent.cpu("stand-in")).isPositive();
      assertThat(spent.residentBytes().get("stand-in")).isGreaterThan(10_000_000);
      assertThat(child.age()).isPositive();
    }
    assertThat(child.isAlive()).isFalse();
    assertThat(child.use()).isEqualTo(Use.NONE);
    assertThat(folder.resolve("stand-in.log")).content().contains("READY http://");
  }

  @Test
  void aProcessThatDoesNotStartIsToldWithItsLog() {
    try (Children children = new Children(folder, LIMIT)) {
      // Given
      Launch wrong =
          new Launch(
              "wrong", "64m", List.of(), "nowhere", "no.such.Main", List.of(), Map.of(), "READY");

      // When, Then
      assertThatThrownBy(() -> children.start(wrong).awaitReady(LIMIT))
          .isInstanceOf(ProcessFailedException.class)
          .hasMessageContaining("wrong ended with 1")
          .hasMessageContaining("wrong.log")
          .hasMessageContaining("no.such.Main");
    }
  }

  @Test
  void whoWaitsForOneProcessLearnsAtOnceThatAnotherHasEnded() {
    try (Children children = new Children(folder, LIMIT)) {
      // Given: one that does not answer, and one that ends while it is waited for
      Child silent = children.start(Launch.program("silent", List.of("sleep", "60"), Map.of()));
      Child ending =
          children.start(
              Launch.program(
                  "ending", List.of("sh", "-c", "sleep 1; echo no space left; exit 7"), Map.of()));

      // When, Then
      assertThatThrownBy(() -> silent.ask("anything", LIMIT, ending::assertAlive))
          .isInstanceOf(ProcessFailedException.class)
          .hasMessageContaining("ending ended with 7")
          .hasMessageContaining("no space left");
    }
  }
}
