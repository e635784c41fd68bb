/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streambed.local.bedrock.fault.Fault;
import io.streambed.local.bedrock.fault.FaultEffect;
import io.streambed.local.bedrock.ledger.CallOutcome;
import io.streambed.local.bedrock.wire.ErrorType;
import io.streambed.local.bedrock.wire.Operation;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;

class FaultsIT extends Stand {

  @Test
  void aFaultForTheNextCallsEndsByItself() {
    // Given
    bedrock.faults().add(Fault.error(ErrorType.THROTTLING).next(2));

    // Then
    for (int n = 0; n < 2; n++) {
      assertThatThrownBy(() -> sync.converse(prompt("Hello there")))
          .isInstanceOf(ThrottlingException.class);
    }
    assertThat(sync.converse(prompt("Hello there")).output()).isNotNull();
  }

  @Test
  void aFaultMeetsOnlyTheCallsThatItMatches() {
    // Given
    bedrock
        .faults()
        .add(
            Fault.error(ErrorType.THROTTLING)
                .model(NOVA)
                .operation(Operation.CONVERSE)
                .bodyContaining("poison")
                .metadata("tenant", "acme"));

    // Then
    assertThat(sync.converse(prompt("medicine")).output()).isNotNull();
    assertThatThrownBy(() -> sync.converse(prompt("poison")))
        .isInstanceOf(ThrottlingException.class);
    assertThat(sync.invokeModel(invoke(TITAN, "{\"inputText\":\"poison\"}")).body()).isNotNull();
  }

  @Test
  void aFaultOfARegionMeetsNoOther() {
    // Given
    bedrock.faults().add(Fault.error(ErrorType.THROTTLING).region("eu-central-1"));

    // When
    assertThat(sync.converse(prompt("Hello there")).output()).isNotNull();
    bedrock.faults().add(Fault.error(ErrorType.THROTTLING).region("eu-west-1"));

    // Then
    assertThatThrownBy(() -> sync.converse(prompt("Hello there")))
        .isInstanceOf(ThrottlingException.class);
  }

  @Test
  void aFaultThatIsRemovedIsGone() {
    // Given
    String id = bedrock.faults().add(Fault.error(ErrorType.THROTTLING));

    // When
    boolean removed = bedrock.faults().remove(id);

    // Then
    assertThat(removed).isTrue();
    assertThat(sync.converse(prompt("Hello there")).output()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http1", "http2"})
  void aConnectionThatIsCutIsAnErrorOfTheClient(String protocol) {
    // Given
    bedrock.faults().add(Fault.of(new FaultEffect.CutConnection()).next(1));

    // Then
    assertThat(failure(client(protocol).converse(prompt("Hello there"))))
        .isInstanceOf(SdkClientException.class);
    assertThat(client(protocol).converse(prompt("Hello there")).join().output()).isNotNull();
    assertThat(bedrock.ledger().calls().getFirst().outcome())
        .isEqualTo(new CallOutcome.Broken("cut-connection"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http1", "http2"})
  void aMalformedBodyIsBilledAndCannotBeRead(String protocol) {
    // Given
    bedrock.faults().add(Fault.of(new FaultEffect.MalformedBody()));

    // Then
    assertThat(failure(client(protocol).converse(prompt("Hello there"))))
        .isInstanceOf(SdkClientException.class);
    assertThat(bedrock.ledger().summary().picoDollars()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http1", "http2"})
  void aBodyThatIsCutIsBilledAndAnErrorOfTheClient(String protocol) {
    // Given
    bedrock.faults().add(Fault.of(new FaultEffect.CutBody()));

    // Then
    assertThat(failure(client(protocol).converse(prompt("Hello there"))))
        .isInstanceOf(SdkClientException.class);
    assertThat(bedrock.ledger().calls().getFirst().outcome())
        .isInstanceOfSatisfying(
            CallOutcome.Broken.class,
            broken -> {
              assertThat(broken.fault()).isEqualTo("cut-body");
              assertThat(broken.picoDollars()).isPositive();
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"http1", "http2"})
  void aForeignBodyIsAnAnswerWithoutAMessage(String protocol) {
    // Given
    bedrock.faults().add(Fault.of(new FaultEffect.ForeignBody()));

    // When
    var response = client(protocol).converse(prompt("Hello there")).join();

    // Then
    assertThat(response.stopReason()).isNull();
    assertThat(response.usage()).isNull();
    assertThat(bedrock.ledger().summary().picoDollars()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http1", "http2"})
  void aSlowBodyArrivesWhole(String protocol) {
    // Given
    bedrock.faults().add(Fault.of(new FaultEffect.SlowBody(Duration.ofMillis(300))));

    // When
    long before = System.nanoTime();
    var response = client(protocol).converse(prompt("Hello there")).join();

    // Then
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(250));
    assertThat(response.stopReasonAsString()).isEqualTo("end_turn");
  }

  @Test
  void aDelayComesOnTopOfTheLatency() {
    // Given
    bedrock.faults().add(Fault.of(new FaultEffect.Delay(Duration.ofMillis(300))));

    // When
    var response = sync.converse(prompt("Hello there"));

    // Then
    assertThat(response.metrics().latencyMs()).isEqualTo(300);
  }
}
