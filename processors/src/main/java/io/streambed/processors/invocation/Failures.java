/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import io.streambed.processors.model.ModelResult.Failed;
import io.streambed.schemas.DeadLetterCode;
import io.streambed.schemas.FailureKind;
import io.streambed.schemas.state.Failure;
import java.util.Set;

/** The failures that work in flight can end with, in words for a person. */
final class Failures {

  private Failures() {}

  static Failure expired() {
    return new Failure(
        DeadLetterCode.EXPIRED,
        FailureKind.CAPACITY,
        "the deadline passed before there was an answer; give more time, or the model more capacity",
        "deadline");
  }

  static Failure tooLate() {
    return new Failure(
        DeadLetterCode.EXPIRED,
        FailureKind.CAPACITY,
        "no call was made: none of the latest answers came within the time that was left before the"
            + " deadline; give more time, or a faster model",
        "deadline");
  }

  static Failure crashLoop(int interrupted) {
    return new Failure(
        DeadLetterCode.CRASH_LOOP,
        FailureKind.OPERATOR,
        interrupted
            + " attempts were cut off by crashes or moves of the instance; look for what ends it,"
            + " then publish the request again",
        null);
  }

  static Failure unknownModel(String alias, Set<String> known) {
    return new Failure(
        DeadLetterCode.UNKNOWN_MODEL,
        FailureKind.OPERATOR,
        "no model \""
            + alias
            + "\" is configured any more; configured are "
            + String.join(", ", known),
        "model");
  }

  static Failure unreadableState() {
    return new Failure(
        DeadLetterCode.INTERNAL_ERROR,
        FailureKind.BUG,
        "what was stored of the request cannot be read by this version; it may have been written by"
            + " a newer one: go back to that, then publish the request again",
        null);
  }

  static Failure of(Failed failed) {
    return new Failure(
        failed.reason().code(),
        failed.reason().kind(),
        failed.message(),
        failed.field().orElse(null));
  }

  static Failure exhausted(Failed failed, int attempts) {
    return new Failure(
        failed.reason().code(),
        failed.reason().kind(),
        "given up after " + attempts + " attempts; the last one: " + failed.message(),
        failed.field().orElse(null));
  }
}
