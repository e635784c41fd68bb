/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.wire;

import java.util.Optional;

/** The errors of Bedrock's runtime, with the status and a message as they were seen. */
public enum ErrorType {
  THROTTLING("ThrottlingException", 429, "Too many requests, please wait before trying again."),
  MODEL_NOT_READY(
      "ModelNotReadyException", 429, "The model is not ready for inference. Try again."),
  SERVICE_UNAVAILABLE(
      "ServiceUnavailableException", 503, "Too many connections, please wait before trying again."),
  INTERNAL_SERVER(
      "InternalServerException",
      500,
      "The system encountered an unexpected error during processing. Try your request again."),
  MODEL_TIMEOUT("ModelTimeoutException", 408, "Model has timed out in processing the request."),
  MODEL_ERROR(
      "ModelErrorException", 424, "The request failed due to an error while processing the model."),
  MODEL_STREAM_ERROR(
      "ModelStreamErrorException", 424, "An error occurred while streaming the response."),
  SERVICE_QUOTA_EXCEEDED(
      "ServiceQuotaExceededException", 400, "Your request exceeds the service quota."),
  VALIDATION("ValidationException", 400, "The provided model identifier is invalid."),
  ACCESS_DENIED(
      "AccessDeniedException",
      403,
      "You don't have access to the model with the specified model ID."),
  RESOURCE_NOT_FOUND(
      "ResourceNotFoundException", 404, "This model version has reached the end of its life."),
  EXPIRED_TOKEN(
      "ExpiredTokenException", 403, "The security token included in the request is expired"),
  UNKNOWN_OPERATION("UnknownOperationException", 404, "The stand-in does not have this operation.");

  private final String title;
  private final int status;
  private final String message;

  ErrorType(String title, int status, String message) {
    this.title = title;
    this.status = status;
    this.message = message;
  }

  /** The name in the header {@code x-amzn-ErrorType}. */
  public String title() {
    return title;
  }

  /** HTTP status. */
  public int status() {
    return status;
  }

  /** A message that the real service was seen or is documented to give. */
  public String message() {
    return message;
  }

  /** The name in an event stream: the SDK finds the type only if it begins in lower case. */
  public String eventTitle() {
    return Character.toLowerCase(title.charAt(0)) + title.substring(1);
  }

  /** The type of that name, in any case. */
  public static Optional<ErrorType> ofTitle(String title) {
    for (ErrorType type : values()) {
      if (type.title.equalsIgnoreCase(title)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
