/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlatformHarnessIT {
  @Test
  void aPlatformInThisJvmAnswers() throws Exception {
    // Given
    try (PlatformHarness harness = PlatformHarness.start()) {
      harness.runHere();

      // When
      harness.publish(List.of(Sample.prompt("a", "Why?"), Sample.text("b", "A river.")));

      // Then
      assertThat(harness.settlements().await("a").outcome()).isEqualTo("MODEL");
      assertThat(harness.settlements().await("b").outcome()).isEqualTo("MODEL");
      assertThat(harness.settlements().usageEvents()).hasSize(2);
      assertThat(harness.ledger().calls()).hasSize(2);
    }
  }

  @Test
  void aPlatformInAJvmOfItsOwnAnswersAndStopsInOrder() throws Exception {
    // Given
    try (PlatformHarness harness = PlatformHarness.start()) {
      ForkedPlatform platform = harness.fork("one");
      harness.publish(Sample.prompt("a", "Why?"));
      assertThat(harness.settlements().await("a").outcome()).isEqualTo("MODEL");

      // When
      int exitCode = platform.terminate();

      // Then
      assertThat(exitCode).isEqualTo(143);
      assertThat(platform.log()).contains("stopped").doesNotContain("Exception");
      assertThat(harness.groupMembers()).as("a restart is to move nothing").isNotEmpty();

      // When
      ForkedPlatform leaving = harness.fork("one", "--leave");
      assertThat(harness.groupMembers()).isNotEmpty();
      int exitCodeOfLeaving = leaving.terminate();

      // Then
      assertThat(exitCodeOfLeaving).isEqualTo(143);
      assertThat(harness.groupMembers()).as("others are to take over at once").isEmpty();
    }
  }
}
