/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.local.bedrock.latency.Latency;
import io.streambed.schemas.PromptResult;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nothing is paid twice for a deployment. */
class StopIT {

  @Test
  void sigtermLetsOpenCallsFinishAndARestartSendsNothingAgain() throws Exception {
    try (TestPlatform platform =
        TestPlatform.withoutInstance(Map.of("models.sonnet.concurrency", "50"))) {
      // Given
      platform
          .local()
          .bedrock()
          .latency(TestPlatform.SONNET, new Latency.Fixed(Duration.ofSeconds(2)));
      for (int i = 0; i < 200; i++) {
        platform.publish(Requests.prompt("r" + i, "Question " + i));
      }

      // When
      try (ForkedInstance first = platform.fork("a")) {
        platform.await(1, Duration.ofSeconds(60));
        platform.awaitCalls(60, Duration.ofSeconds(30));
        first.terminate();
      }
      try (ForkedInstance second = platform.fork("a")) {
        platform.await(200, Duration.ofSeconds(60));
        second.terminate();
        assertThat(second.log()).contains("RUNNING").doesNotContain("did not end in order");
      }
      TestPlatform.Seen seen = platform.readFor(Duration.ofSeconds(1));

      // Then
      assertThat(platform.ledger().calls()).hasSize(200);
      assertThat(seen.prompts).extracting(PromptResult::getId).doesNotHaveDuplicates().hasSize(200);
      assertThat(seen.prompts).extracting(PromptResult::getPossiblyBilledAttempts).containsOnly(0);
    }
  }
}
