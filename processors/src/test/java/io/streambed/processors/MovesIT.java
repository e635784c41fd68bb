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
import io.streambed.schemas.CallOutcome;
import io.streambed.schemas.EmbeddingResult;
import io.streambed.schemas.PromptResult;
import io.streambed.schemas.UsageEvent;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Promises 1 and 2 through a restart of the broker and through instances that come and go. */
class MovesIT {

  private static final Logger LOG = LoggerFactory.getLogger(MovesIT.class);

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

  @Test
  void whatIsOpenOnAnInstanceThatLivesOrStopsInOrderIsPaidOnce() throws Exception {
    try (TestPlatform platform =
        TestPlatform.withoutInstance(Map.of("models.sonnet.concurrency", "60"))) {
      // Given: more than there are permits for, so that moves meet calls that wait to go out, too
      platform
          .local()
          .bedrock()
          .latency(TestPlatform.SONNET, new Latency.Fixed(Duration.ofSeconds(3)));
      platform
          .local()
          .bedrock()
          .latency(TestPlatform.COHERE, new Latency.Fixed(Duration.ofSeconds(3)));
      int prompts = 500;
      int texts = 250;
      for (int i = 0; i < prompts; i++) {
        platform.publish(Requests.prompt("r" + i, "Question " + i));
      }
      for (int i = 0; i < texts; i++) {
        platform.publish(Requests.text("t" + i, "cohere", "Text " + i));
      }

      // When: one, three, one
      platform.startInstance("a");
      platform.await(100, Duration.ofSeconds(60));
      Streambed second = platform.startInstance("b");
      Streambed third = platform.startInstance("c");
      // However long they take to start: by numbers settled, a slow machine would be done before.
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(500))
          .untilAsserted(() -> assertThat(handedOver(platform)).isPositive());
      long out = handedOver(platform);
      second.stop(true);
      third.stop(true);
      platform.await(prompts + texts, Duration.ofMinutes(2));
      TestPlatform.Seen seen = platform.readFor(Duration.ofSeconds(2));

      // Then
      LOG.atInfo()
          .addKeyValue("calls", platform.ledger().calls().size())
          .addKeyValue("usageEvents", seen.usage.size())
          .addKeyValue("handedOverOut", out)
          .addKeyValue("handedOver", handedOver(platform))
          .log("one, three, one");
      assertThat(seen.deadLetters).isEmpty();
      assertThat(seen.prompts)
          .extracting(PromptResult::getId)
          .doesNotHaveDuplicates()
          .hasSize(prompts);
      assertThat(seen.embeddings)
          .extracting(EmbeddingResult::getId)
          .doesNotHaveDuplicates()
          .hasSize(texts);
      assertThat(seen.usage).extracting(UsageEvent::getOutcome).containsOnly(CallOutcome.ANSWERED);
      assertThat(seen.prompts).extracting(PromptResult::getPossiblyBilledAttempts).containsOnly(0);
      assertThat(seen.usage)
          .extracting(UsageEvent::getAttemptId)
          .doesNotHaveDuplicates()
          .hasSize(platform.ledger().calls().size());
    }
  }

  @Test
  void callsOfAnInstanceThatDiesAfterItsWorkHasMovedAreToldAndMadeAgain() throws Exception {
    int requests = 40;
    try (TestPlatform platform =
        TestPlatform.withoutInstance(
            Map.of("session.timeout.ms", "6000", "transaction.timeout.ms", "6000"))) {
      // Given
      platform
          .local()
          .bedrock()
          .latency(TestPlatform.SONNET, new Latency.Fixed(Duration.ofSeconds(25)));
      for (int i = 0; i < requests; i++) {
        platform.publish(Requests.prompt("r" + i, "Question " + i));
      }
      try (ForkedInstance first = platform.fork("a")) {
        platform.awaitCalls(requests, Duration.ofSeconds(60));

        // When: the new owner has some of the work, waits, and is left alone
        platform.startInstance("b");
        await()
            .atMost(Duration.ofSeconds(30))
            .until(
                () -> platform.movedCalls().stream().anyMatch(said -> !said.getOpen().isEmpty()));
        platform.readFor(Duration.ofSeconds(8));
        assertThat(platform.ledger().calls()).hasSize(requests);
        first.kill();
      }
      platform.local().bedrock().latency(TestPlatform.SONNET, new Latency.Fixed(Duration.ZERO));
      platform.await(requests, Duration.ofSeconds(60));
      TestPlatform.Seen seen = platform.readFor(Duration.ofSeconds(1));

      // Then
      assertThat(handedOver(platform)).isZero();
      assertThat(seen.deadLetters).isEmpty();
      assertThat(seen.prompts)
          .extracting(PromptResult::getId)
          .doesNotHaveDuplicates()
          .hasSize(requests);
      assertThat(platform.ledger().calls()).hasSize(2 * requests);
      assertThat(seen.prompts).extracting(PromptResult::getPossiblyBilledAttempts).containsOnly(1);
      assertThat(seen.usage)
          .filteredOn(event -> event.getOutcome() == CallOutcome.POSSIBLY_BILLED)
          .hasSize(requests);
    }
  }

  private static long handedOver(TestPlatform platform) {
    return platform.movedCalls().stream().filter(said -> said.getEnded().isPresent()).count();
  }
}
