/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.local.bedrock.latency.Latency;
import io.streambed.schemas.CachePolicy;
import io.streambed.schemas.PromptResult;
import io.streambed.schemas.ResultSource;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Promise 3: equal work is done once. */
class EqualWorkIT {

  private static final Duration SOON = Duration.ofSeconds(30);

  private static TestPlatform platform;

  @BeforeAll
  static void start() throws Exception {
    platform = TestPlatform.withoutInstance(Map.of("fingerprint.hop", "true"));
    platform
        .local()
        .bedrock()
        .latency(TestPlatform.SONNET, new Latency.Fixed(Duration.ofMillis(500)));
    platform.startInstance("a");
    platform.startInstance("b");
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
  }

  @BeforeEach
  void forget() {
    platform.forget();
  }

  @Test
  void equalRequestsInFlightShareOneCallAcrossPartitionsAndInstances() throws Exception {
    // When
    for (int i = 0; i < 100; i++) {
      platform.publish(Requests.prompt("same-" + i, "Why is the sky blue?"));
    }
    TestPlatform.Seen seen = platform.await(100, SOON);

    // Then
    assertThat(platform.ledger().calls()).hasSize(1);
    assertThat(seen.prompts).hasSize(100);
    assertThat(seen.prompts)
        .extracting(PromptResult::getContent)
        .containsOnly(seen.prompts.getFirst().getContent());
    assertThat(seen.prompts.stream().filter(r -> r.getSource() == ResultSource.MODEL)).hasSize(1);
    assertThat(seen.prompts.stream().mapToLong(PromptResult::getCostPicoDollars).sum())
        .isEqualTo(seen.usage.getFirst().getCostPicoDollars())
        .isEqualTo(platform.ledger().summary().picoDollars());
  }

  @Test
  void anEqualRequestLaterIsAnsweredFromTheCache() throws Exception {
    // Given
    platform.publish(Requests.prompt("first", "Name a river."));
    platform.await(1, SOON);

    // When
    platform.publish(Requests.prompt("second", "Name a river."));
    TestPlatform.Seen seen = platform.await(2, SOON);

    // Then
    assertThat(platform.ledger().calls()).hasSize(1);
    assertThat(seen.prompts.getLast().getSource()).isEqualTo(ResultSource.CACHE);
    assertThat(seen.prompts.getLast().getCostPicoDollars()).isZero();
    assertThat(seen.prompts.getLast().getContent()).isEqualTo(seen.prompts.getFirst().getContent());
  }

  @Test
  void theSameRequestAgainGetsItsStoredSettlementWhateverItsPolicy() throws Exception {
    // Given
    platform.publish(Requests.prompt("bypassing", "Name a lake.", CachePolicy.BYPASS));
    platform.await(1, SOON);

    // When
    platform.publish(Requests.prompt("bypassing", "Name a lake.", CachePolicy.BYPASS));
    TestPlatform.Seen seen = platform.await(2, SOON);

    // Then
    PromptResult first = seen.prompts.getFirst();
    PromptResult again = seen.prompts.getLast();
    assertThat(platform.ledger().calls()).hasSize(1);
    assertThat(again.getRepeat()).isTrue();
    assertThat(again.getAttemptId()).isEqualTo(first.getAttemptId());
    assertThat(again.getCostPicoDollars()).isEqualTo(first.getCostPicoDollars());
    assertThat(again.getContent()).isEqualTo(first.getContent());
  }

  @Test
  void theSameIdWithOtherContentIsAnotherRequest() throws Exception {
    // When
    platform.publish(Requests.prompt("reused-id", "Name a sea."));
    platform.publish(Requests.prompt("reused-id", "Name an ocean."));
    TestPlatform.Seen seen = platform.await(2, SOON);

    // Then
    assertThat(platform.ledger().calls()).hasSize(2);
    assertThat(seen.prompts).extracting(PromptResult::getFingerprint).doesNotHaveDuplicates();
  }

  @Test
  void bypassNeitherJoinsNorServesOthersAndRefreshReplaces() throws Exception {
    // Given
    platform.publish(Requests.prompt("use-1", "Name a brook."));
    platform.await(1, SOON);

    // When
    platform.publish(Requests.prompt("bypass", "Name a brook.", CachePolicy.BYPASS));
    platform.publish(Requests.prompt("refresh", "Name a brook.", CachePolicy.REFRESH));
    TestPlatform.Seen seen = platform.await(3, SOON);
    String refreshed = attemptOf(seen, "refresh");
    platform.publish(Requests.prompt("use-2", "Name a brook."));
    platform.await(4, SOON);

    // Then
    assertThat(platform.ledger().calls()).hasSize(3);
    assertThat(attemptOf(seen, "use-2")).isEqualTo(refreshed);
  }

  @Test
  void anotherTenantNeverGetsTheAnswer() throws Exception {
    // When
    platform.publish(Requests.builder("t1", "Name a creek.").setTenant("acme").build());
    platform.await(1, SOON);
    platform.publish(Requests.builder("t2", "Name a creek.").setTenant("globex").build());
    TestPlatform.Seen seen = platform.await(2, SOON);

    // Then
    assertThat(platform.ledger().calls()).hasSize(2);
    assertThat(seen.prompts).extracting(PromptResult::getSource).containsOnly(ResultSource.MODEL);
  }

  private static String attemptOf(TestPlatform.Seen seen, String id) {
    return seen.prompts.stream()
        .filter(result -> result.getId().equals(id))
        .findFirst()
        .flatMap(PromptResult::getAttemptId)
        .orElseThrow();
  }
}
