/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.aws;

import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.ExpiredNextTokenException;
import software.amazon.awssdk.services.kinesis.model.KmsThrottlingException;
import software.amazon.awssdk.services.kinesis.model.LimitExceededException;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

/**
 * What a failed request means for whoever sent it.
 *
 * <p>Messages of the SDK are not passed on: they can quote what was sent. Its error codes are.
 */
public sealed interface AwsFailure {

  /** What went wrong, for a log line: the error's code, never its message. */
  String what();

  /** Too fast: the shard's or the account's limit. The same again, later. */
  record Throttled(String what) implements AwsFailure {}

  /**
   * No answer, or one that says that AWS itself failed. The same again, later.
   *
   * @param ofRole whether it was STS that was asked, for credentials of the role
   */
  record Unavailable(String what, boolean ofRole) implements AwsFailure {
    public Unavailable(String what) {
      this(what, false);
    }
  }

  /** A shard iterator or a page token is too old. A new one, at once. */
  record Expired(String what) implements AwsFailure {}

  /** The stream, shard or consumer is not there. */
  record NotFound(String what) implements AwsFailure {}

  /** Credentials are missing, wrong or do not suffice. */
  record NotPermitted(String what) implements AwsFailure {}

  /** Anything else that will be refused again. */
  record Refused(String what) implements AwsFailure {}

  /** Codes of AWS' services in common, see "Common Error Types" in the Kinesis API reference. */
  Set<String> PERMISSION =
      Set.of(
          "AccessDenied",
          "AccessDeniedException",
          "ExpiredToken",
          "ExpiredTokenException",
          "IncompleteSignature",
          "InvalidClientTokenId",
          "InvalidSignatureException",
          "KMSAccessDeniedException",
          "MissingAuthenticationTokenException",
          "NotAuthorized",
          "OptInRequired",
          "SignatureDoesNotMatch",
          "UnrecognizedClientException");

  /** Reads a failure of a future, or of a blocking request. */
  static AwsFailure of(Throwable failure) {
    Throwable cause = cause(failure);
    if (cause instanceof NoRoleException none) {
      return ofRole(of(none.why()));
    }
    if (cause instanceof ProvisionedThroughputExceededException
        || cause instanceof LimitExceededException
        || cause instanceof KmsThrottlingException
        || (cause instanceof AwsServiceException refused && refused.isThrottlingException())) {
      return new Throttled(what(cause));
    }
    if (cause instanceof ExpiredIteratorException || cause instanceof ExpiredNextTokenException) {
      return new Expired(what(cause));
    }
    if (cause instanceof ResourceNotFoundException) {
      return new NotFound(what(cause));
    }
    if (cause instanceof ResourceInUseException) {
      // A stream or consumer that is being made or changed.
      return new Unavailable(what(cause));
    }
    if (cause instanceof AwsServiceException refused) {
      if (PERMISSION.contains(code(refused)) || refused.statusCode() == 403) {
        return new NotPermitted(what(cause));
      }
      return refused.statusCode() >= 500 ? new Unavailable(what(cause)) : new Refused(what(cause));
    }
    if (names(cause).contains("Credentials")) {
      return new NotPermitted("no AWS credentials");
    }
    return new Unavailable(what(cause));
  }

  /**
   * What to tell a user whom only a change of settings or rights can help.
   *
   * @param asked what was asked for, such as "reading stream orders"
   */
  default AwsRefusedException toException(String asked) {
    String help =
        switch (this) {
          case NotFound gone -> "check its name, region and account";
          case NotPermitted no ->
              "check the credentials and what they are allowed; see the connector's README for the rights it needs";
          case Throttled slow ->
              "its limit is used up, maybe by others, too; raise it or ask for less";
          case Unavailable down -> "check that AWS can be reached from the worker";
          case Expired old -> "try again";
          case Refused no -> "check the connector's settings";
        };
    return new AwsRefusedException(asked + " failed with " + what() + "; " + help);
  }

  /** STS knows no streams, so whatever it refuses is about who asks. */
  private static AwsFailure ofRole(AwsFailure why) {
    String what = why.what() + " when STS was asked for credentials of the role";
    return switch (why) {
      case Throttled slow -> new Throttled(what);
      case Unavailable down -> new Unavailable(what, true);
      case NotPermitted no -> new NotPermitted(what);
      case Refused no -> new NotPermitted(what);
      case NotFound gone -> new NotPermitted(what);
      case Expired old -> new NotPermitted(what);
    };
  }

  private static String what(Throwable cause) {
    if (cause instanceof AwsServiceException refused) {
      return code(refused) + " (HTTP " + refused.statusCode() + ")";
    }
    return cause.getClass().getSimpleName();
  }

  private static String code(AwsServiceException refused) {
    String code = refused.awsErrorDetails() == null ? null : refused.awsErrorDetails().errorCode();
    return code == null ? refused.getClass().getSimpleName() : code;
  }

  private static Throwable cause(Throwable failure) {
    Throwable at = failure;
    while ((at instanceof CompletionException || at instanceof ExecutionException)
        && at.getCause() != null) {
      at = at.getCause();
    }
    return at;
  }

  /** The SDK has no type of its own for missing credentials, only their providers' messages. */
  private static String names(@Nullable Throwable failure) {
    StringBuilder names = new StringBuilder();
    for (Throwable at = failure; at != null && names.length() < 2_000; at = at.getCause()) {
      String message = at.getMessage();
      names.append(message != null && message.contains("credentials") ? "Credentials " : "");
    }
    return names.toString();
  }
}
