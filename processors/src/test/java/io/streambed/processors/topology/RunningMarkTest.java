/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningMarkTest {

  @TempDir private Path stateDir;
  private Path store;
  private Path identity;

  @BeforeEach
  void write() throws IOException {
    store = Files.createDirectories(stateDir.resolve("app/1_0/rocksdb/flights")).resolve("1.sst");
    identity = stateDir.resolve("app/kafka-streams-process-metadata");
    Files.writeString(store, "of an earlier run");
    Files.writeString(identity, "who");
  }

  @Test
  void whatARunThatEndedInOrderHasLeftIsUsed() throws IOException {
    // Given
    RunningMark mark = new RunningMark(stateDir, "app");
    mark.set();
    mark.remove();

    // When
    new RunningMark(stateDir, "app").set();

    // Then
    assertThat(store).exists();
  }

  @Test
  void theStoresOfARunThatDidNotAreTakenAwayAndNothingElse() throws IOException {
    // Given
    new RunningMark(stateDir, "app").set();
    Path others = Files.createDirectories(stateDir.resolve("other/1_0"));

    // When
    new RunningMark(stateDir, "app").set();

    // Then
    assertThat(stateDir.resolve("app/1_0")).doesNotExist();
    assertThat(identity).exists();
    assertThat(others).exists();
  }

  @Test
  void theFirstRunOfAllIsNoSpecialCase() throws IOException {
    new RunningMark(stateDir, "new").set();
    assertThat(stateDir.resolve("new")).isDirectory();
  }
}
