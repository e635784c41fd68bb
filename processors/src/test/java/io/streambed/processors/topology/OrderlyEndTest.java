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
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderlyEndTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

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
    new OrderlyEnd(stateDir, "app").end(NOW);

    // When
    new OrderlyEnd(stateDir, "app").begin(NOW.plus(Duration.ofMinutes(30)));

    // Then
    assertThat(store).exists();
  }

  @Test
  void theStoresOfARunThatDidNotAreTakenAwayAndNothingElse() throws IOException {
    // Given
    new OrderlyEnd(stateDir, "app").end(NOW);
    new OrderlyEnd(stateDir, "app").begin(NOW);
    Path others = Files.createDirectories(stateDir.resolve("other/1_0"));

    // When
    new OrderlyEnd(stateDir, "app").begin(NOW);

    // Then
    assertThat(stateDir.resolve("app/1_0")).doesNotExist();
    assertThat(identity).exists();
    assertThat(others).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-01-01T00:30:00.001Z", "2025-12-31T23:59:59Z"})
  void theStoresOfARunThatEndedTooLongAgoOrInTimeToComeAreTakenAway(Instant now)
      throws IOException {
    // Given
    new OrderlyEnd(stateDir, "app").end(NOW);

    // When
    new OrderlyEnd(stateDir, "app").begin(now);

    // Then
    assertThat(stateDir.resolve("app/1_0")).doesNotExist();
  }

  @Test
  void aFileThatSaysNothingIsAsGoodAsNone() throws IOException {
    // Given
    Files.writeString(stateDir.resolve("app/streambed-ended"), "yesterday");

    // When
    new OrderlyEnd(stateDir, "app").begin(NOW);

    // Then
    assertThat(stateDir.resolve("app/1_0")).doesNotExist();
  }

  @Test
  void theFirstRunOfAllIsNoSpecialCase() throws IOException {
    new OrderlyEnd(stateDir, "new").begin(NOW);
    assertThat(stateDir.resolve("new")).isDirectory();
  }
}
