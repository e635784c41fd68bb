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

/** Promise 1 through a restart of the broker and through instances that come and go. */
class MovesIT {

  private static final int REQUESTS = 1_500;

  @Test
  void aBrokerRestartAndRebalancesLoseAndRepeatNothing() throws Exception {
    try (TestPlatform platform =
        TestPlatform.withoutInstance(Map.of("models.sonnet.concurrency", "150"))) {
      // Given
      platform
          .local()
          .bedrock()
          .latency(TestPlatform.SONNET, new Latency.LogNormal(Duration.ofMillis(800), 0.3));
      for (int i = 0; i < REQUESTS; i++) {
        platform.publish(Requests.prompt("r" + i, "Question " + i));
      }

      // When
      platform.startInstance("a");
      platform.await(200, Duration.ofSeconds(60));
      Streambed other = platform.startInstance("b");
      platform.await(500, Duration.ofSeconds(60));
      platform.restartBroker();
      platform.await(800, Duration.ofSeconds(90));
      other.stop(true);
      platform.await(REQUESTS, Duration.ofMinutes(2));
      TestPlatform.Seen seen = platform.readFor(Duration.ofSeconds(2));

      // Then
      assertThat(seen.deadLetters).isEmpty();
      assertThat(seen.prompts)
          .extracting(PromptResult::getId)
          .doesNotHaveDuplicates()
          .hasSize(REQUESTS);
    }
  }
}
