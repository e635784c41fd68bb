/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.local.bedrock.fault.Fault;
import io.streambed.local.bedrock.ledger.LedgerFilter;
import io.streambed.local.bedrock.wire.ErrorType;
import io.streambed.schemas.PromptResult;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A request finds a lane that works. */
class RoutesIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String REGION = "us-west-2";
  private static final String FIRST = TestPlatform.SONNET;
  private static final String SECOND = FIRST.replaceFirst("us", "global");

  private static TestPlatform platform;

  @BeforeAll
  static void start() throws Exception {
    platform =
        TestPlatform.start(
            Map.of(
                "lanes.first.id", FIRST,
                "lanes.first.region", REGION,
                "lanes.first.concurrency", "50",
                "lanes.second.id", SECOND,
                "lanes.second.region", REGION,
                "lanes.second.concurrency", "50",
                "models.routed.lanes", "first, second",
                "breaker.open.ms", "1000",
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
  }

  @Test
  void whatOneProfileThrottlesAnotherAnswersAndTheResultSaysSo() throws Exception {
    // Given
    platform.local().bedrock().faults().add(Fault.error(ErrorType.THROTTLING).model(FIRST));

    // When
    for (int i = 0; i < 100; i++) {
      platform.publish(Requests.prompt("t" + i, "routed", "Throttled question " + i));
    }
    TestPlatform.Seen seen = platform.await(100, SOON);

    // Then
    assertThat(seen.deadLetters).isEmpty();
    assertThat(seen.prompts).extracting(PromptResult::getModelId).containsOnly(SECOND);
    assertThat(seen.prompts)
        .anySatisfy(
            result -> assertThat(result.getFailedLanes()).containsExactly(FIRST + "@" + REGION))
        .anySatisfy(result -> assertThat(result.getFailedLanes()).isEmpty());
  }

  @Test
  void aBrokenLaneIsLeftAloneUntilAFewCallsHaveFoundItMended() throws Exception {
    // Given
    platform.local().bedrock().faults().add(Fault.error(ErrorType.INTERNAL_SERVER).model(FIRST));
    for (int i = 0; i < 200; i++) {
      platform.publish(Requests.prompt("b" + i, "routed", "Broken question " + i));
    }
    TestPlatform.Seen seen = platform.await(200, SOON);
    assertThat(seen.prompts).extracting(PromptResult::getModelId).containsOnly(SECOND);

    // When
    platform.local().bedrock().faults().clear();
    platform.readFor(Duration.ofSeconds(2));
    platform.forget();
    for (int i = 0; i < 200; i++) {
      platform.publish(Requests.prompt("m" + i, "routed", "Mended question " + i));
    }
    seen = platform.await(200, SOON);

    // Then
    assertThat(seen.deadLetters).isEmpty();
    assertThat(seen.prompts).extracting(PromptResult::getModelId).contains(FIRST);
    assertThat(platform.ledger().calls(LedgerFilter.ofModel(FIRST)).size()).isGreaterThan(50);
  }
}
