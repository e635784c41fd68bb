/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streambed.local.bedrock.fault.Fault;
import io.streambed.local.bedrock.fault.FaultEffect;
import io.streambed.local.bedrock.latency.Latency;
import io.streambed.local.bedrock.ledger.CallOutcome;
import io.streambed.local.bedrock.ledger.LedgerEntry;
import io.streambed.local.bedrock.ledger.LedgerFilter;
import io.streambed.local.bedrock.ledger.LedgerSummary;
import io.streambed.local.bedrock.wire.ErrorType;
import io.streambed.local.bedrock.wire.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;

class LedgerIT extends Stand {

  @Test
  void aCallIsKeptWithItsFactsAndWithoutItsBody() {
    // When
    sync.converse(prompt("The canary is yellow.", 50, "attempt-7"));

    // Then
    LedgerEntry call = bedrock.ledger().calls().getFirst();
    assertThat(call.sequence()).isPositive();
    assertThat(call.facts().operation()).isEqualTo(Operation.CONVERSE);
    assertThat(call.facts().modelId()).isEqualTo(NOVA);
    assertThat(call.facts().region()).isEqualTo("eu-west-1");
    assertThat(call.facts().attemptId()).contains("attempt-7");
    assertThat(call.facts().metadata()).containsEntry("tenant", "acme");
    assertThat(call.facts().bodySha256()).matches("[0-9a-f]{64}");
    assertThat(call.toString()).doesNotContain("canary");
  }

  @Test
  void moneyIsTokensTimesThePriceOfTheModel() {
    // When
    TokenUsage usage = sync.converse(prompt("What does this cost?")).usage();

    // Then: 0.035 and 0.14 dollars for a million tokens
    assertThat(bedrock.ledger().calls().getFirst().outcome().picoDollars())
        .isEqualTo(usage.inputTokens() * 35_000L + usage.outputTokens() * 140_000L);
  }

  @Test
  void theMetadataOfAnEmbeddingCallComesInAHeader() {
    // When
    sync.invokeModel(
        invoke(COHERE, "{\"texts\":[\"a\",\"b\"],\"input_type\":\"search_document\"}").toBuilder()
            .requestMetadata("{\"streambed-attempt\":\"attempt-9\"}")
            .build());

    // Then
    LedgerEntry call = bedrock.ledger().calls().getFirst();
    assertThat(call.facts().attemptId()).contains("attempt-9");
    assertThat(call.outcome())
        .isInstanceOfSatisfying(
            CallOutcome.Answered.class, answered -> assertThat(answered.texts()).isEqualTo(2));
  }

  @Test
  void theSummaryAddsUpWhatTheFilterLeaves() {
    // Given
    bedrock.faults().add(Fault.error(ErrorType.THROTTLING).next(1));
    failure(http1.converse(prompt("first", 50, "attempt-1")));
    sync.converse(prompt("first", 50, "attempt-1"));
    sync.converse(prompt("first", 50, "attempt-1"));
    sync.invokeModel(invoke(TITAN, "{\"inputText\":\"second\"}"));

    // When
    LedgerSummary all = bedrock.ledger().summary();
    LedgerSummary titan = bedrock.ledger().summary(LedgerFilter.ofModel(TITAN));

    // Then
    assertThat(all.calls()).isEqualTo(4);
    assertThat(all.answered()).isEqualTo(3);
    assertThat(all.refusedByType()).containsOnly(Map.entry("ThrottlingException", 1L));
    assertThat(all.attemptsBilledTwice()).isEqualTo(1);
    assertThat(titan.calls()).isEqualTo(1);
    assertThat(titan.texts()).isEqualTo(1);
    assertThat(bedrock.ledger().summary(LedgerFilter.ofAttempt("attempt-1")).calls()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http1", "http2"})
  void aCallThatIsCancelledIsNotedLongBeforeItsAnswerWouldBeReady(String protocol) {
    // Given
    bedrock.latency(NOVA, new Latency.Fixed(Duration.ofMinutes(5)));
    CompletableFuture<?> call = client(protocol).converse(prompt("Never mind."));
    await().until(() -> bedrock.ledger().summary().open() == 1);

    // When
    call.cancel(true);

    // Then
    await().untilAsserted(this::theClientIsGoneAndBilled);
  }

  @Test
  void aClientThatClosesItsConnectionIsNotedLongBeforeItsAnswerWouldBeReady() {
    // Given
    bedrock.latency(NOVA, new Latency.Fixed(Duration.ofMinutes(5)));
    BedrockRuntimeAsyncClient leaving = AwsClients.http2(bedrock.url());
    leaving.converse(prompt("Think about this for long."));
    await().until(() -> bedrock.ledger().summary().open() == 1);

    // When
    leaving.close();

    // Then
    await().untilAsserted(this::theClientIsGoneAndBilled);
  }

  private void theClientIsGoneAndBilled() {
    assertThat(bedrock.ledger().calls().getFirst().outcome())
        .isInstanceOfSatisfying(
            CallOutcome.ClientGone.class, gone -> assertThat(gone.picoDollars()).isPositive());
  }

  @ParameterizedTest
  @ValueSource(strings = {"http1", "http2"})
  void hundredsOfCallsWaitAtTheSameTime(String protocol) {
    // Given
    bedrock.latency(NOVA, new Latency.Fixed(Duration.ofSeconds(3)));

    // When: as many as the SDK's default client opens over HTTP/2
    int count = protocol.equals("http1") ? 300 : 50;
    List<? extends CompletableFuture<?>> calls =
        IntStream.range(0, count)
            .mapToObj(n -> client(protocol).converse(prompt("Number " + n)))
            .toList();
    CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).join();

    // Then
    assertThat(bedrock.ledger().summary().answered()).isEqualTo(count);
    assertThat(bedrock.ledger().mostOpen()).isGreaterThan(count * 3 / 4);
  }

  @Test
  void theConnectionServesTheNextCallAfterOneThatWaited() {
    // Given
    bedrock.latency(NOVA, new Latency.Fixed(Duration.ofMillis(50)));

    // When
    for (int n = 0; n < 5; n++) {
      sync.converse(prompt("Number " + n));
      http1.converse(prompt("Number " + n)).join();
    }

    // Then
    assertThat(bedrock.ledger().summary().answered()).isEqualTo(10);
  }

  @Test
  void aStandInThatIsStartedAgainServesTheSameClientsAndKeepsItsLedger() {
    // Given
    sync.converse(prompt("before"));

    // When
    bedrock.stop();
    Throwable down = failure(http1.converse(prompt("down")));
    bedrock.restart();
    sync.converse(prompt("after"));

    // Then
    assertThat(down).isNotNull();
    assertThat(bedrock.ledger().summary().answered()).isEqualTo(2);
  }

  @Test
  void aHangIsNotBilled() {
    // Given
    bedrock.faults().add(Fault.of(new FaultEffect.Hang(Duration.ofMillis(200))));

    // When
    failure(http1.converse(prompt("Hello there")));

    // Then
    assertThat(bedrock.ledger().calls().getFirst().outcome())
        .isEqualTo(new CallOutcome.Broken("hang"));
  }
}
