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
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/**
 * What the SDK threw, as a failure of ours. No exception's message is passed on: it can quote the
 * request.
 */
final class Failures {

  // A chain of causes is never this long; a loop of causes would be.
  private static final int DEEPEST_CAUSE = 20;

  private Failures() {}

  /** The failure of a call. */
  static Failed of(Throwable thrown, ModelCall call) {
    Throwable error = unwrap(thrown);
    if (error instanceof CancellationException) {
      return Failed.of(CallFailure.CONNECTION, "the client was closed during the call");
    }
    Throwable current = error;
    for (int depth = 0; current != null && depth < DEEPEST_CAUSE; depth++) {
      if (current instanceof NoCredentialsException) {
        return credentials(current.getCause());
      }
      if (current instanceof AwsServiceException service) {
        return ServiceErrors.of(service, call);
      }
      current = current.getCause();
    }
    return clientSide(error, call);
  }

  private static Failed clientSide(Throwable error, ModelCall call) {
    Throwable current = error;
    for (int depth = 0; current != null && depth < DEEPEST_CAUSE; depth++) {
      String type = current.getClass().getName();
      if (current instanceof ApiCallTimeoutException
          || current instanceof ApiCallAttemptTimeoutException
          || type.endsWith("ReadTimeoutException")) {
        return Failed.of(
            CallFailure.TIMEOUT,
            "no answer from " + call.lane().name() + " within the time allowed");
      }
      if (current instanceof TimeoutException) {
        return Failed.of(
            CallFailure.NO_CONNECTION, "no free connection to " + call.lane().name() + " in time");
      }
      if (current instanceof ConnectException || current instanceof UnknownHostException) {
        return Failed.of(CallFailure.NO_CONNECTION, "no connection to " + call.lane().name());
      }
      if (type.contains(".jackson.core.")) {
        return Failed.of(
            CallFailure.MALFORMED_ANSWER,
            "the model's answer could not be understood: it is not JSON of the form expected");
      }
      current = current.getCause();
    }
    return hasConnectionCause(error)
        ? Failed.of(
            CallFailure.CONNECTION,
            "the connection to " + call.lane().name() + " broke before the answer")
        : Failed.of(
            CallFailure.INTERNAL, "the call failed in the client (" + simpleName(error) + ")");
  }

  private static Failed credentials(@Nullable Throwable cause) {
    @Nullable Throwable current = cause;
    for (int depth = 0; current != null && depth < DEEPEST_CAUSE; depth++) {
      if (current instanceof AwsServiceException service && service.statusCode() >= 500) {
        return Failed.of(
            CallFailure.UNAVAILABLE, "the service that gives credentials is not available");
      }
      if (current instanceof IOException || current instanceof TimeoutException) {
        return Failed.of(
            CallFailure.NO_CONNECTION, "no connection to the service that gives credentials");
      }
      current = current.getCause();
    }
    return Failed.of(
        CallFailure.ACCESS_DENIED,
        "there are no valid AWS credentials: check the profile, the role or the environment");
  }

  private static boolean hasConnectionCause(Throwable error) {
    Throwable current = error;
    for (int depth = 0; current != null && depth < DEEPEST_CAUSE; depth++) {
      if (current instanceof IOException) {
        return true;
      }
      current = current.getCause();
    }
    return false;
  }

  private static String simpleName(Throwable error) {
    return error.getClass().getSimpleName();
  }

  private static Throwable unwrap(Throwable thrown) {
    Throwable current = thrown;
    while (current instanceof CompletionException && current.getCause() != null) {
      current = current.getCause();
    }
    return current;
  }
}
