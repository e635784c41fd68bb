/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.processors.model.CallFailure;
import io.streambed.processors.model.ModelCall;
import io.streambed.processors.model.ModelResult.Failed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

class ServiceErrorsTest {

  private static final ModelCall PROMPT = Calls.prompt("Hi");
  private static final ModelCall TEXTS = Calls.embedding(Calls.COHERE, "a", "b");

  @ParameterizedTest
  @CsvSource({
    "429, ThrottlingException, THROTTLED",
    "429, ModelNotReadyException, NOT_READY",
    "400, ServiceQuotaExceededException, QUOTA_EXCEEDED",
    "503, ServiceUnavailableException, UNAVAILABLE",
    "500, InternalServerException, PROVIDER_ERROR",
    "408, ModelTimeoutException, TIMEOUT",
    "424, ModelErrorException, PROVIDER_ERROR",
    "424, ModelStreamErrorException, PROVIDER_ERROR",
    "400, ValidationException, REJECTED",
    "403, AccessDeniedException, ACCESS_DENIED",
    "403, ExpiredTokenException, ACCESS_DENIED",
    "403, UnrecognizedClientException, ACCESS_DENIED",
    "404, ResourceNotFoundException, UNKNOWN_MODEL_ID",
    // New or missing codes go by the status.
    "429, SlowDownPleaseException, THROTTLED",
    "500, , PROVIDER_ERROR",
    "502, , UNAVAILABLE",
    "503, , UNAVAILABLE",
    "504, , TIMEOUT",
    "408, , TIMEOUT",
    "401, , ACCESS_DENIED",
    "404, , UNKNOWN_MODEL_ID",
    "400, , REJECTED",
    "413, , REJECTED",
    "418, , PROVIDER_ERROR",
  })
  void anErrorIsSortedByItsCodeElseItsStatus(int status, String code, CallFailure reason) {
    assertThat(failed(status, code, "no matter", PROMPT).reason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "The maximum tokens you requested exceeds the model limit of 4096. Try again with a maximum tokens value that is lower than 4096. | inference.maxTokens",
        "The maximum tokens you requested exceed the model limit of 8192.  | inference.maxTokens",
        "max_tokens: 9999 > 8192, which is the maximum allowed number of output tokens | inference.maxTokens",
        "This model doesn't support tool use.                             | tools",
        "This model doesn’t support tool use in streaming mode.           | tools",
        "This model doesn't support the image content block that you provided. | messages",
        "This model doesn't support documents. doesn't support the document content block | messages",
        "Input is too long for requested model.                           | messages",
        "prompt is too long: 210000 tokens > 200000 maximum               | messages",
        "Too many input tokens. Max input tokens: 8192, request input token count: 9000 | messages",
        "`temperature` is deprecated for this model.                      | inference.temperature",
        "`temperature` and `top_p` cannot both be specified for this model. | inference.temperature",
        "top_p: range: 0..1                                               | inference.topP",
        "This model doesn't support system messages. Try again without a system message. | system",
        "A conversation must start with a user message.                   | messages[0].role",
        "messages: roles must alternate between \"user\" and \"assistant\" | messages",
        "`tool_use` ids were found without `tool_result` blocks           | messages",
        "The guardrail identifier or version provided in the request does not exist. | guardrail",
      })
  void aKnownRefusalOfAPromptNamesTheField(String text, String field) {
    // When
    Failed failed = failed(400, "ValidationException", text, PROMPT);

    // Then
    assertThat(failed.reason()).isEqualTo(CallFailure.REJECTED);
    assertThat(failed.field()).contains(field);
    assertThat(failed.message()).startsWith("the model refused the request: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Malformed input request: #/texts/0: expected maxLength: 2048, actual: 3000, please reformat your input and try again.",
        "400 Bad Request: Too many input tokens. Max input tokens: 8192, request input token count: 9000 ",
        "Malformed input request: #/inputText: expected minLength: 1, actual: 0",
        "texts are too long",
      })
  void aKnownRefusalOfATextNamesTheText(String text) {
    assertThat(failed(400, "ValidationException", text, TEXTS).field()).contains("text");
  }

  @Test
  void theLimitIsTold() {
    assertThat(
            failed(
                    400,
                    "ValidationException",
                    "The maximum tokens you requested exceeds the model limit of 4096.",
                    PROMPT)
                .message())
        .isEqualTo(
            "the model refused the request: ask for at most 4096 tokens"
                + " (ValidationException, AWS request id 5b9f-1)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The provided model identifier is invalid.",
        "Invocation of model ID anthropic.claude-sonnet-5 with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.",
        "This model version has reached the end of its life.",
      })
  void aWrongModelIdStopsTheLane(String text) {
    assertThat(failed(400, "ValidationException", text, PROMPT).reason())
        .isEqualTo(CallFailure.UNKNOWN_MODEL_ID);
  }

  @Test
  void aCallersOwnWordsStopNoLane() {
    assertThat(
            failed(
                    400,
                    "ValidationException",
                    "Bad value: 'The provided model identifier is invalid.'",
                    PROMPT)
                .reason())
        .isEqualTo(CallFailure.REJECTED);
  }

  @Test
  void anUnknownRefusalTellsOnlyHowToFindIt() {
    // When
    Failed failed = failed(400, "ValidationException", "canary: something odd", PROMPT);

    // Then
    assertThat(failed.message())
        .isEqualTo("the model refused the request (ValidationException, AWS request id 5b9f-1)");
    assertThat(failed.field()).isEmpty();
  }

  @Test
  void nothingThatCouldHoldPayloadIsPassedOn() {
    // Given: the provider's text, an unknown code and an odd request id all hold the canary
    AwsServiceException error =
        AwsServiceException.builder()
            .statusCode(500)
            .requestId("canary canary")
            .awsErrorDetails(
                AwsErrorDetails.builder().errorCode("canary").errorMessage("canary").build())
            .message("canary")
            .build();

    // Then
    assertThat(ServiceErrors.of(error, PROMPT).toString()).doesNotContain("canary");
  }

  private static Failed failed(int status, String code, String text, ModelCall call) {
    return ServiceErrors.of(
        AwsServiceException.builder()
            .statusCode(status)
            .requestId("5b9f-1")
            .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(text).build())
            .build(),
        call);
  }
}
