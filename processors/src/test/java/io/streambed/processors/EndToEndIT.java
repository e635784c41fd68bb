/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.schemas.ResultSource;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EndToEndIT {

  @Test
  void withoutTheHopAndEagerlyEqualRequestsOfOnePartitionStillShareACall() throws Exception {
    try (TestPlatform platform =
        TestPlatform.start(Map.of("fingerprint.hop", "false", "invocation.eager", "true"))) {
      // When
      for (int i = 0; i < 20; i++) {
        platform.publish(
            "prompt-requests", "one-key", platform.encode(Requests.prompt("p" + i, "Hm?")));
      }
      platform.publish(Requests.text("e1", "titan", "A streambed is what a stream runs on."));
      TestPlatform.Seen seen = platform.await(21, Duration.ofSeconds(30));

      // Then
      assertThat(seen.deadLetters).isEmpty();
      assertThat(seen.prompts).hasSize(20);
      assertThat(platform.ledger().calls()).hasSize(2);
    }
  }

  @Test
  void promptsAndTextsComeBackAsResults() throws Exception {
    try (TestPlatform platform = TestPlatform.start(Map.of())) {
      // Given
      platform.publish(Requests.prompt("p1", "What is a streambed?"));
      platform.publish(Requests.text("e1", "titan", "A streambed is what a stream runs on."));

      // When
      TestPlatform.Seen seen = platform.await(2, Duration.ofSeconds(30));

      // Then
      assertThat(seen.deadLetters).isEmpty();
      assertThat(seen.prompts).hasSize(1);
      assertThat(seen.prompts.getFirst().getSource()).isEqualTo(ResultSource.MODEL);
      assertThat(seen.prompts.getFirst().getCostPicoDollars()).isPositive();
      assertThat(seen.embeddings.getFirst().getVector()).hasSize(1024);
    }
  }
}
