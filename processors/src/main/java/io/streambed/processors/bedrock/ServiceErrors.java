/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.bedrock;

import io.streambed.processors.model.CallFailure;
import io.streambed.processors.model.ModelCall;
import io.streambed.processors.model.ModelResult.Failed;
import io.streambed.schemas.TokenUsage;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Errors that Bedrock answered with: by the error's code, or by the status where the code is
 * missing or new. Source: the errors of Converse and InvokeModel in the service model, and
 * "Troubleshooting Amazon Bedrock API error codes" of the user guide.
 */
final class ServiceErrors {

  private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

  private static final Map<String, CallFailure> BY_CODE =
      Map.ofEntries(
          Map.entry("ThrottlingException", CallFailure.THROTTLED),
          Map.entry("TooManyRequestsException", CallFailure.THROTTLED),
          Map.entry("ModelNotReadyException", CallFailure.NOT_READY),
          Map.entry("ServiceQuotaExceededException", CallFailure.QUOTA_EXCEEDED),
          Map.entry("ServiceUnavailableException", CallFailure.UNAVAILABLE),
          Map.entry("InternalServerException", CallFailure.PROVIDER_ERROR),
          Map.entry("InternalFailure", CallFailure.PROVIDER_ERROR),
          Map.entry("ModelTimeoutException", CallFailure.TIMEOUT),
          Map.entry("RequestTimeoutException", CallFailure.TIMEOUT),
          Map.entry("ModelErrorException", CallFailure.PROVIDER_ERROR),
          Map.entry("ModelStreamErrorException", CallFailure.PROVIDER_ERROR),
          Map.entry("ValidationException", CallFailure.REJECTED),
          Map.entry("AccessDeniedException", CallFailure.ACCESS_DENIED),
          Map.entry("ExpiredTokenException", CallFailure.ACCESS_DENIED),
          Map.entry("UnrecognizedClientException", CallFailure.ACCESS_DENIED),
          Map.entry("InvalidSignatureException", CallFailure.ACCESS_DENIED),
          Map.entry("IncompleteSignatureException", CallFailure.ACCESS_DENIED),
          Map.entry("MissingAuthenticationTokenException", CallFailure.ACCESS_DENIED),
          Map.entry("ResourceNotFoundException", CallFailure.UNKNOWN_MODEL_ID));

  private ServiceErrors() {}

  static Failed of(AwsServiceException error, ModelCall call) {
    AwsErrorDetails details = error.awsErrorDetails();
    String code = details == null || details.errorCode() == null ? "" : details.errorCode();
    CallFailure reason =
        Optional.ofNullable(BY_CODE.get(code)).orElseGet(() -> byStatus(error.statusCode()));
    String suffix = suffix(code, error);
    if (reason == CallFailure.REJECTED) {
      String text = details == null || details.errorMessage() == null ? "" : details.errorMessage();
      return refusal(text, error.statusCode(), call, suffix);
    }
    return Failed.of(reason, sentence(reason, call) + suffix);
  }

  private static Failed refusal(String providerText, int status, ModelCall call, String suffix) {
    if (status == 413) {
      return new Failed(
          CallFailure.REJECTED,
          "the request is larger than the model's service takes: make it smaller" + suffix,
          Optional.of(content(call)),
          none());
    }
    return KnownRefusal.in(providerText, scope(call))
        .map(match ->
            match.reason() == CallFailure.UNKNOWN_MODEL_ID
                ? Failed.of(match.reason(), call.lane().name() + ": " + match.sentence() + suffix)
                : new Failed(
                    match.reason(),
                    "the model refused the request: " + match.sentence() + suffix,
                    match.field(),
                    none()))
        .orElseGet(() -> Failed.of(CallFailure.REJECTED, "the model refused the request" + suffix));
  }

  private static CallFailure byStatus(int status) {
    return switch (status) {
      case 400, 413, 422 -> CallFailure.REJECTED;
      case 401, 403 -> CallFailure.ACCESS_DENIED;
      case 404 -> CallFailure.UNKNOWN_MODEL_ID;
      // A gateway that has waited long enough does not know what the model did.
      case 408, 504 -> CallFailure.TIMEOUT;
      case 429 -> CallFailure.THROTTLED;
      case 502, 503 -> CallFailure.UNAVAILABLE;
      default -> CallFailure.PROVIDER_ERROR;
    };
  }

  private static String sentence(CallFailure reason, ModelCall call) {
    String lane = call.lane().name();
    return switch (reason) {
      case THROTTLED -> lane + " throttles: its quota is used up for now";
      case NOT_READY -> lane + " is not ready yet";
      case QUOTA_EXCEEDED -> "a quota of the account is used up at " + lane;
      case UNAVAILABLE -> lane + " is not available";
      case PROVIDER_ERROR -> lane + " failed";
      case TIMEOUT -> lane + " gave up: the model took too long";
      case ACCESS_DENIED ->
          "access to "
              + lane
              + " is denied: check the credentials, the IAM policy (bedrock:InvokeModel) and the"
              + " account's access to the model";
      case UNKNOWN_MODEL_ID ->
          lane + " is not there: check the model id, the region and the model's end of life";
      case CONNECTION, NO_CONNECTION, MALFORMED_ANSWER, REJECTED, INTERNAL ->
          lane + " answered with an error";
    };
  }

  private static String suffix(String code, AwsServiceException error) {
    // A code that is not in the list could be anything.
    String name = BY_CODE.containsKey(code) ? code : "status " + error.statusCode();
    @Nullable String id = error.requestId();
    return id != null && REQUEST_ID.matcher(id).matches()
        ? " (" + name + ", AWS request id " + id + ")"
        : " (" + name + ")";
  }

  private static KnownRefusal.Scope scope(ModelCall call) {
    return switch (call) {
      case ModelCall.PromptCall prompt -> KnownRefusal.Scope.PROMPT;
      case ModelCall.EmbeddingCall texts -> KnownRefusal.Scope.EMBEDDING;
    };
  }

  private static String content(ModelCall call) {
    return switch (call) {
      case ModelCall.PromptCall prompt -> "messages";
      case ModelCall.EmbeddingCall texts -> "text";
    };
  }

  private static TokenUsage none() {
    return new TokenUsage(0L, 0L, 0L, 0L, 0L);
  }
}
