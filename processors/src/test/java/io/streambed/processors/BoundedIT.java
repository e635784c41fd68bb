/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streambed.local.bedrock.latency.Latency;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Promise 5: what is in memory has a limit, and the backlog stays in Kafka. */
class BoundedIT {

  private static final int REQUESTS = 6_000;

  @Test
  void aBacklogStaysInKafka() throws Exception {
    try (TestPlatform platform =
        TestPlatform.withoutInstance(
            Map.of(
                "models.sonnet.concurrency",
                "20",
                "invocation.look.ahead",
                "5",
                "invocation.max.jobs",
                "100"))) {
      // Given
      platform
          .local()
          .bedrock()
          .latency(TestPlatform.SONNET, new Latency.Fixed(Duration.ofMillis(30)));
      for (int i = 0; i < REQUESTS; i++) {
        platform.publish(Requests.prompt("r" + i, "Question " + i));
      }
      platform.startInstance("a");

      // When
      double most = 0;
      double paused = 0;
      TestPlatform.Seen seen = platform.await(1, Duration.ofSeconds(60));
      while (seen.settlements() < REQUESTS / 2) {
        seen = platform.await(seen.settlements() + 1, Duration.ofSeconds(30));
        most = Math.max(most, platform.gauge("streambed.jobs"));
        paused = Math.max(paused, platform.gauge("streambed.partitions.paused"));
      }

      // Then: the bound, and what Kafka Streams had read ahead when the partitions were paused
      int readAhead = 5 * 400;
      assertThat(most).isBetween(20.0, 100.0 + readAhead);
      assertThat(paused).isPositive();
      assertThat(platform.ledger().mostOpen()).isLessThanOrEqualTo(20);
      platform.await(REQUESTS, Duration.ofSeconds(90));
      assertThat(platform.gauge("streambed.jobs")).isZero();
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertThat(platform.gauge("streambed.partitions.paused")).isZero());
    }
  }
}
