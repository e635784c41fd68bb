/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.local.bedrock.fault.Fault;
import io.streambed.local.bedrock.latency.Latency;
import io.streambed.local.bedrock.ledger.LedgerFilter;
import io.streambed.local.bedrock.wire.ErrorType;
import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.DeadLetterCode;
import io.streambed.schemas.PromptResult;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Promise 4, and that a lane in trouble troubles nobody else. */
class LanesIT {

  private static final Duration SOON = Duration.ofSeconds(40);

  private static TestPlatform platform;

  @BeforeAll
  static void start() throws Exception {
    platform =
        TestPlatform.start(
            Map.of(
                "stopped.lane.retry.ms", "1000",
                "held.read.interval.ms", "1000",
                "models.haiku.concurrency", "5",
                "invocation.look.ahead", "5"));
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
  }

  @BeforeEach
  void forget() {
    platform.forget();
    platform.local().bedrock().faults().clear();
    platform.local().bedrock().latency(TestPlatform.HAIKU, new Latency.Fixed(Duration.ZERO));
  }

  @Test
  void aStoppedLaneKeepsItsJobsAndHoldsUpNoOther() throws Exception {
    // Given
    platform
        .local()
        .bedrock()
        .faults()
        .add(Fault.error(ErrorType.ACCESS_DENIED).model(TestPlatform.HAIKU));

    // When
    for (int i = 0; i < 300; i++) {
      platform.publish(Requests.prompt("denied-" + i, "haiku", "Denied question " + i));
      platform.publish(Requests.prompt("open-" + i, "sonnet", "Open question " + i));
    }
    TestPlatform.Seen seen = platform.await(300, SOON);

    // Then
    assertThat(seen.prompts).extracting(PromptResult::getModel).containsOnly("sonnet");
    assertThat(seen.deadLetters).isEmpty();
    assertThat(platform.ledger().calls(LedgerFilter.ofModel(TestPlatform.HAIKU)).size())
        .isLessThan(40);

    // When
    platform.local().bedrock().faults().clear();
    platform.await(600, SOON);
    platform.readFor(Duration.ofSeconds(3));

    // Then
    assertThat(seen.deadLetters).isEmpty();
    assertThat(seen.prompts).extracting(PromptResult::getId).doesNotHaveDuplicates().hasSize(600);
  }

  @Test
  void aHeldJobOfAStoppedLaneCanBeCancelled() throws Exception {
    // Given
    platform
        .local()
        .bedrock()
        .faults()
        .add(Fault.error(ErrorType.ACCESS_DENIED).model(TestPlatform.HAIKU));
    for (int i = 0; i < 100; i++) {
      platform.publish(Requests.prompt("held-" + i, "haiku", "Held question " + i));
    }
    platform.awaitCalls(1, SOON);
    platform.readFor(Duration.ofSeconds(3));

    // When: whether in memory or held
    for (int i = 0; i < 50; i++) {
      platform.cancel("acme", "held-" + i);
    }
    TestPlatform.Seen seen = platform.await(50, SOON);

    // Then
    assertThat(seen.prompts).isEmpty();
    assertThat(seen.deadLetters)
        .extracting(DeadLetter::getCode)
        .containsOnly(DeadLetterCode.CANCELLED);

    // When
    platform.local().bedrock().faults().clear();
    platform.await(100, SOON);
    platform.readFor(Duration.ofSeconds(3));

    // Then
    assertThat(seen.prompts).hasSize(50);
    assertThat(seen.deadLetters).extracting(DeadLetter::getId).doesNotHaveDuplicates().hasSize(50);
  }

  @Test
  void aThrottledLaneSlowsDownInsteadOfHammering() throws Exception {
    // Given
    platform
        .local()
        .bedrock()
        .faults()
        .add(Fault.error(ErrorType.THROTTLING).model(TestPlatform.SONNET));

    // When
    for (int i = 0; i < 200; i++) {
      platform.publish(Requests.prompt("t" + i, "sonnet", "Throttled question " + i));
    }
    platform.awaitCalls(1, SOON);
    platform.readFor(Duration.ofSeconds(4));

    // Then: without slowing down 200 jobs would have called thousands of times
    assertThat(platform.ledger().calls().size()).isBetween(1, 500);

    // When
    platform.local().bedrock().faults().clear();
    TestPlatform.Seen seen = platform.await(200, SOON);

    // Then
    assertThat(seen.deadLetters).isEmpty();
    assertThat(seen.prompts).hasSize(200);
  }

  @Test
  void aSlowCallHoldsUpNeitherJobsNorCommitsNorARebalance() throws Exception {
    // Given
    platform
        .local()
        .bedrock()
        .latency(TestPlatform.HAIKU, new Latency.Fixed(Duration.ofSeconds(20)));
    platform.publish(Requests.prompt("slow", "haiku", "Take twenty seconds"));
    platform.awaitCalls(1, SOON);

    // When
    for (int i = 0; i < 200; i++) {
      platform.publish(Requests.prompt("quick-" + i, "sonnet", "Quick question " + i));
    }
    TestPlatform.Seen seen = platform.await(200, Duration.ofSeconds(15));
    Streambed other = platform.startInstance("b");
    for (int i = 200; i < 400; i++) {
      platform.publish(Requests.prompt("quick-" + i, "sonnet", "Quick question " + i));
    }
    platform.await(400, Duration.ofSeconds(15));

    // Then
    assertThat(other.isRunning()).isTrue();
    assertThat(seen.prompts).extracting(PromptResult::getId).doesNotContain("slow");

    // When
    platform.await(401, SOON);

    // Then
    assertThat(seen.prompts).extracting(PromptResult::getId).contains("slow");
  }
}
