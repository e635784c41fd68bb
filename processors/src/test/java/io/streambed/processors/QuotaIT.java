/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.local.bedrock.latency.Latency;
import io.streambed.local.bedrock.quota.Quota;
import io.streambed.local.bedrock.quota.Tally;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Promise 6: the account's limits hold across instances. */
class QuotaIT {

  private static final int REQUESTS_PER_MINUTE = 600;
  private static final Duration WATCHED = Duration.ofSeconds(15);

  @Test
  void twoInstancesTogetherKeepAQuotaAndUseIt() throws Exception {
    try (TestPlatform platform =
        TestPlatform.withoutInstance(
            Map.of(
                "lanes.main.id", TestPlatform.TITAN,
                "lanes.main.region", "us-west-2",
                "lanes.main.concurrency", "100",
                "lanes.main.requests.per.minute", Integer.toString(REQUESTS_PER_MINUTE),
                "models.limited.lanes", "main"))) {
      // Given: more work than the quota allows in the time
      platform
          .local()
          .bedrock()
          .latency(TestPlatform.TITAN, new Latency.Fixed(Duration.ofMillis(50)));
      platform.startInstance("a");
      platform.startInstance("b");
      platform.awaitTasks(Duration.ofSeconds(60));
      platform.local().bedrock().quota("*", "*", Quota.requests(REQUESTS_PER_MINUTE));
      for (int i = 0; i < 1_000; i++) {
        platform.publish(Requests.text("e" + i, "limited", "text number " + i));
      }

      // When
      platform.awaitCalls(1, Duration.ofSeconds(30));
      long before = platform.ledger().calls().size();
      platform.readFor(WATCHED);
      long calls = platform.ledger().calls().size() - before;

      // Then: at most the quota of that time, and for each instance a second's
      long quota = REQUESTS_PER_MINUTE * WATCHED.toSeconds() / 60;
      assertThat(calls).isBetween(quota * 8 / 10, quota + 2 * REQUESTS_PER_MINUTE / 60 + 5);
      assertThat(platform.local().bedrock().quotas().tallies().values())
          .extracting(Tally::refused)
          .containsOnly(0L);
    }
  }
}
