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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.bedrockruntime.model.BedrockRuntimeException;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** Errors, as the unmodified clients of AWS see them. */
class ErrorsIT extends Stand {

  @ParameterizedTest
  @EnumSource(
      value = ErrorType.class,
      names = {"EXPIRED_TOKEN", "UNKNOWN_OPERATION"},
      mode = EnumSource.Mode.EXCLUDE)
  void everyErrorHasItsOwnExceptionInEachClient(ErrorType type) {
    // Given
    bedrock.faults().add(Fault.error(type));

    // When
    Throwable one = failure(http1.converse(prompt("Hello there")));
    Throwable two = failure(http2.converse(prompt("Hello there")));

    // Then
    for (Throwable failure : new Throwable[] {one, two}) {
      assertThat(failure.getClass().getSimpleName()).isEqualTo(type.title());
      assertThat(((BedrockRuntimeException) failure).statusCode()).isEqualTo(type.status());
      assertThat(((BedrockRuntimeException) failure).requestId()).isNotBlank();
    }
    assertThatThrownBy(() -> sync.converse(prompt("Hello there")))
        .hasSameClassAs(one)
        .hasMessageContaining(type.message());
    assertThat(bedrock.ledger().calls())
        .extracting(call -> call.outcome())
        .containsOnly(new CallOutcome.Refused(type.status(), type.title()));
  }

  @Test
  void anErrorThatTheServiceDoesNotModelHasItsCode() {
    // Given
    bedrock.faults().add(Fault.error(ErrorType.EXPIRED_TOKEN));

    // Then
    assertThatThrownBy(() -> sync.converse(prompt("Hello there")))
        .isInstanceOfSatisfying(
            BedrockRuntimeException.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ExpiredTokenException"));
  }

  @Test
  void aGatewayErrorHasNoType() {
    // Given
    bedrock.faults().add(Fault.of(new FaultEffect.Gateway(502)));

    // Then
    assertThatThrownBy(() -> sync.converse(prompt("Hello there")))
        .isInstanceOfSatisfying(
            BedrockRuntimeException.class, e -> assertThat(e.statusCode()).isEqualTo(502))
        .isExactlyInstanceOf(BedrockRuntimeException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          no.such-model | 10 | The provided model identifier is invalid.
          anthropic.claude-haiku-4-5-20251001-v1:0 | 10 | on-demand throughput isn
          amazon.nova-micro-v1:0 | 10001 | The maximum tokens you requested exceeds the model limit of 10000.
          amazon.titan-embed-text-v2:0 | 10 | This action doesn't support the model that you provided.
          """)
  void aWrongRequestIsRefusedAsBedrockRefusesIt(String model, int maxTokens, String message) {
    // Then
    assertThatThrownBy(() ->
            sync.converse(prompt("Hello there", maxTokens, "a").toBuilder().modelId(model).build()))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          amazon.titan-embed-text-v2:0 | {"inputText":""}
          amazon.titan-embed-text-v2:0 | {"inputText":"a","dimensions":300}
          cohere.embed-english-v3 | {"texts":["a",""],"input_type":"search_document"}
          cohere.embed-english-v3 | {"texts":["a"]}
          cohere.embed-english-v3 | no JSON
          amazon.nova-2-multimodal-embeddings-v1:0 | {"taskType":"SINGLE_EMBEDDING"}
          """)
  void aWrongEmbeddingRequestIsRefused(String model, String body) {
    // Then
    assertThatThrownBy(() -> sync.invokeModel(invoke(model, body)))
        .isInstanceOf(ValidationException.class);
  }

  @Test
  void aProfileReachesAModelThatNeedsOne() {
    // When
    var response =
        sync.converse(
            prompt("Hello there").toBuilder()
                .modelId("us.anthropic.claude-haiku-4-5-20251001-v1:0")
                .build());

    // Then
    assertThat(response.stopReasonAsString()).isEqualTo("end_turn");
  }

  @Test
  void anArnReachesItsModel() {
    // Given
    String arn =
        "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.amazon.nova-micro-v1:0";

    // When
    sync.converse(prompt("Hello there").toBuilder().modelId(arn).build());

    // Then
    assertThat(bedrock.ledger().calls().getFirst().facts().modelId()).isEqualTo(arn);
  }
}
