/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.local.bedrock.fault.Fault;
import io.streambed.local.bedrock.fault.FaultEffect;
import io.streambed.local.bedrock.wire.ErrorType;
import io.streambed.schemas.CallOutcome;
import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.DeadLetterCode;
import io.streambed.schemas.EmbeddingResult;
import io.streambed.schemas.FailureKind;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.ResultSource;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every failure is explained, once, to whom it concerns. */
class FailuresIT {

  private static final Duration SOON = Duration.ofSeconds(30);

  private static TestPlatform platform;

  @BeforeAll
  static void start() throws Exception {
    platform = TestPlatform.start(Map.of("batch.max.wait.ms", "300"));
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
  void aThrottledCallIsTriedAgainUntilItIsAnswered() throws Exception {
    // Given
    fault(Fault.error(ErrorType.THROTTLING).next(2));

    // When
    platform.publish(Requests.prompt("throttled", "Throttle me twice"));
    TestPlatform.Seen seen = platform.await(1, SOON);

    // Then
    assertThat(seen.prompts.getFirst().getAttempts()).isEqualTo(3);
    assertThat(platform.ledger().calls()).hasSize(3);
    assertThat(seen.usage)
        .extracting(e -> e.getOutcome())
        .containsExactlyInAnyOrder(CallOutcome.FAILED, CallOutcome.FAILED, CallOutcome.ANSWERED);
  }

  @Test
  void aModelThatGoesOnFailingEndsInADeadLetterOfTheProvider() throws Exception {
    // Given
    fault(Fault.error(ErrorType.INTERNAL_SERVER).bodyContaining("always fails"));

    // When
    platform.publish(Requests.prompt("failing", "This always fails"));
    DeadLetter letter = platform.await(1, SOON).deadLetters.getFirst();

    // Then
    assertThat(letter.getCode()).isEqualTo(DeadLetterCode.MODEL_ERROR);
    assertThat(letter.getKind()).isEqualTo(FailureKind.PROVIDER);
    assertThat(letter.getAttempts()).isEqualTo(5);
    assertThat(letter.getModelId()).contains(TestPlatform.SONNET);
    assertThat(platform.ledger().calls()).hasSize(5);
  }

  @Test
  void aRefusedRequestIsNotTriedAgainAndToldTheSameWhenRepeated() throws Exception {
    // Given
    fault(
        Fault.of(new FaultEffect.Error(ErrorType.VALIDATION, "Some reason of the model"))
            .bodyContaining("refuse me"));

    // When
    platform.publish(Requests.prompt("refused", "Please refuse me"));
    platform.await(1, SOON);
    platform.publish(Requests.prompt("refused", "Please refuse me"));
    TestPlatform.Seen seen = platform.await(2, SOON);

    // Then
    assertThat(seen.deadLetters)
        .extracting(DeadLetter::getCode)
        .containsOnly(DeadLetterCode.REJECTED_BY_MODEL);
    assertThat(seen.deadLetters).extracting(DeadLetter::getRepeat).containsExactly(false, true);
    assertThat(seen.deadLetters.getFirst().getKind()).isEqualTo(FailureKind.CALLER);
    assertThat(platform.ledger().calls()).hasSize(1);
  }

  @Test
  void unreadableBytesBecomeADeadLetterThatHoldsThem() throws Exception {
    // When
    byte[] bytes = "not avro at all".getBytes(UTF_8);
    platform.publish("prompt-requests", "some-key", bytes);
    DeadLetter letter = platform.await(1, SOON).deadLetters.getFirst();

    // Then
    assertThat(letter.getCode()).isEqualTo(DeadLetterCode.UNREADABLE);
    assertThat(letter.getOriginalValue()).contains(ByteBuffer.wrap(bytes));
    assertThat(letter.getOriginalKey()).contains(ByteBuffer.wrap("some-key".getBytes(UTF_8)));
    assertThat(letter.getId()).startsWith("prompt-requests-");
  }

  @Test
  void aDeadLetterHoldsTheRequestByteForByte() throws Exception {
    // Given
    fault(Fault.error(ErrorType.MODEL_ERROR).bodyContaining("keep my bytes"));
    PromptRequest request = Requests.prompt("bytes", "Please keep my bytes");

    // When
    platform.publish(request);
    DeadLetter letter = platform.await(1, SOON).deadLetters.getFirst();

    // Then
    assertThat(letter.getOriginalValue()).contains(ByteBuffer.wrap(platform.encode(request)));
  }

  @Test
  void anUnknownModelAndAPassedDeadlineAreTheCallersToMend() throws Exception {
    // When
    platform.publish(Requests.prompt("nobody", "no-such-model", "Hello?"));
    platform.publish(
        Requests.builder("late", "Too late").setDeadline(Instant.now().minusSeconds(5)).build());
    TestPlatform.Seen seen = platform.await(2, SOON);

    // Then
    assertThat(seen.deadLetters)
        .extracting(DeadLetter::getCode)
        .containsExactlyInAnyOrder(DeadLetterCode.UNKNOWN_MODEL, DeadLetterCode.EXPIRED);
    assertThat(platform.ledger().calls()).isEmpty();
  }

  @Test
  void aJobThatExpiresInFlightIsSettledAtOnceAndItsLateAnswerIsKept() throws Exception {
    // Given
    fault(Fault.of(new FaultEffect.Delay(Duration.ofSeconds(4))).bodyContaining("take your time"));

    // When
    Instant published = Instant.now();
    platform.publish(
        Requests.builder("impatient", "Please take your time")
            .setDeadline(published.plusSeconds(2))
            .build());
    DeadLetter letter = platform.await(1, SOON).deadLetters.getFirst();
    platform.awaitUsage(1, SOON);
    platform.publish(Requests.prompt("patient", "Please take your time"));
    TestPlatform.Seen seen = platform.await(2, SOON);

    // Then
    assertThat(letter.getCode()).isEqualTo(DeadLetterCode.EXPIRED);
    assertThat(Duration.between(published, letter.getSettledAt()))
        .isLessThan(Duration.ofSeconds(4));
    assertThat(seen.prompts.getFirst().getSource()).isEqualTo(ResultSource.CACHE);
    assertThat(platform.ledger().calls()).hasSize(1);
  }

  @Test
  void oneBadTextFailsAloneAndItsNeighboursShareCalls() throws Exception {
    // Given
    fault(
        Fault.of(new FaultEffect.Error(ErrorType.VALIDATION, "A reason of the model"))
            .bodyContaining("poison"));

    // When
    for (int i = 0; i < 40; i++) {
      String text = i == 17 ? "a poisonous text" : "a harmless text " + i;
      platform.publish(Requests.text("text-" + i, "cohere", text));
    }
    TestPlatform.Seen seen = platform.await(40, SOON);

    // Then
    assertThat(seen.deadLetters).extracting(DeadLetter::getId).containsExactly("text-17");
    assertThat(seen.embeddings).hasSize(39);
    assertThat(seen.embeddings.stream().mapToInt(EmbeddingResult::getBatchSize).max().orElse(0))
        .isGreaterThan(1);
    assertThat(platform.ledger().calls().size()).isLessThan(30);
    assertThat(seen.embeddings.stream().mapToLong(EmbeddingResult::getCostPicoDollars).sum())
        .isEqualTo(platform.ledger().summary().picoDollars());
  }

  private static void fault(Fault fault) {
    platform.local().bedrock().faults().add(fault);
  }
}
