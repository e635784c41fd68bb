/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.local.bedrock.latency.Latency;
import io.streambed.local.bedrock.ledger.CallOutcome;
import io.streambed.local.bedrock.ledger.LedgerEntry;
import io.streambed.schemas.PromptResult;
import io.streambed.schemas.UsageEvent;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Promises 1 and 2: one settlement a request through {@code kill -9}; a settled call is not paid
 * for twice, and no call is unknown.
 */
class CrashIT {

  private static final Logger LOG = LoggerFactory.getLogger(CrashIT.class);

  private static final int REQUESTS = 2_000;

  @Test
  void killedTwiceNothingIsLostOrGivenTwiceAndNoCallIsUnknown() throws Exception {
    try (TestPlatform platform =
        TestPlatform.withoutInstance(Map.of("models.sonnet.concurrency", "300"))) {
      // Given
      platform
          .local()
          .bedrock()
          .latency(TestPlatform.SONNET, new Latency.LogNormal(Duration.ofMillis(700), 0.3));
      for (int i = 0; i < REQUESTS; i++) {
        platform.publish(Requests.prompt("r" + i, "Question number " + i));
      }

      // When
      try (ForkedInstance first = platform.fork("a")) {
        platform.await(REQUESTS / 4, Duration.ofSeconds(60));
        first.kill();
      }
      try (ForkedInstance second = platform.fork("a")) {
        platform.await(REQUESTS / 2, Duration.ofSeconds(60));
        second.kill();
      }
      TestPlatform.Seen seen;
      try (ForkedInstance third = platform.fork("a")) {
        platform.await(REQUESTS, Duration.ofSeconds(90));
        seen = platform.readFor(Duration.ofSeconds(2));
        third.terminate();
        assertThat(third.log())
            .contains("the last run did not end in order")
            .doesNotContain("TaskCorruptedException");
      }

      // Then: promise 1
      assertThat(seen.deadLetters).isEmpty();
      assertThat(seen.prompts).hasSize(REQUESTS);
      assertThat(seen.prompts).extracting(PromptResult::getId).doesNotHaveDuplicates();

      // Then: promise 2
      Map<String, LedgerEntry> received =
          platform.ledger().calls().stream()
              .collect(Collectors.toMap(e -> e.facts().attemptId().orElseThrow(), e -> e));
      Set<String> settled =
          seen.prompts.stream()
              .map(result -> result.getAttemptId().orElseThrow())
              .collect(Collectors.toSet());
      Set<String> doubted =
          seen.usage.stream()
              .filter(
                  event -> event.getOutcome() == io.streambed.schemas.CallOutcome.POSSIBLY_BILLED)
              .map(UsageEvent::getAttemptId)
              .collect(Collectors.toSet());
      assertThat(platform.ledger().summary().attemptsBilledTwice()).isZero();
      assertThat(settled).hasSize(REQUESTS).doesNotContainAnyElementsOf(doubted);
      Set<String> unsettled = new HashSet<>(received.keySet());
      unsettled.removeAll(settled);
      LOG.atInfo()
          .addKeyValue("requests", REQUESTS)
          .addKeyValue("results", seen.prompts.size())
          .addKeyValue("callsReceived", received.size())
          .addKeyValue("callsSettled", settled.size())
          .addKeyValue("receivedAndNotSettled", unsettled.size())
          .addKeyValue("possiblyBilled", doubted.size())
          .addKeyValue("ledger", platform.ledger().summary().toString())
          .log("after two kills");
      assertThat(unsettled).isNotEmpty();
      assertThat(doubted).containsAll(unsettled);
      assertThat(seen.prompts.stream().mapToInt(PromptResult::getPossiblyBilledAttempts).sum())
          .isEqualTo(doubted.size());
      moneyAgrees(seen, received, settled);
    }
  }

  /** Settled calls cost what the provider billed; the others at most their upper bound. */
  private static void moneyAgrees(
      TestPlatform.Seen seen, Map<String, LedgerEntry> received, Set<String> settled) {
    for (UsageEvent event : seen.usage) {
      LedgerEntry entry = received.get(event.getAttemptId());
      long billed = entry == null ? 0 : entry.outcome().picoDollars();
      if (settled.contains(event.getAttemptId())) {
        assertThat(event.getCostPicoDollars()).isEqualTo(billed);
      } else {
        assertThat(event.getCostPicoDollars()).isGreaterThanOrEqualTo(billed);
      }
    }
    List<CallOutcome> outcomes =
        settled.stream()
            .map(id -> Objects.requireNonNull(received.get(id)).outcome())
            .distinct()
            .toList();
    assertThat(outcomes).allMatch(outcome -> outcome instanceof CallOutcome.Answered);
  }
}
