/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

import io.streambed.processors.model.ModelAlias;
import io.streambed.schemas.DeadLetterCode;
import io.streambed.schemas.FailureKind;
import io.streambed.schemas.state.Failure;
import org.jspecify.annotations.Nullable;

/** The failures that admission tells of. No message holds anything of a request's content. */
final class Refusals {

  private Refusals() {}

  static Failure invalid(String field, String message) {
    return caller(DeadLetterCode.INVALID_REQUEST, field + " " + message, field);
  }

  static Failure unreadable(String message) {
    return caller(DeadLetterCode.UNREADABLE, message, null);
  }

  static Failure unknownSchema(int id) {
    return caller(
        DeadLetterCode.UNKNOWN_SCHEMA,
        "the registry knows no schema with the value's schema id "
            + id
            + "; register the schema in the registry that Streambed uses, then publish again",
        null);
  }

  static Failure unknownModel(String message) {
    return caller(DeadLetterCode.UNKNOWN_MODEL, message, "model");
  }

  static Failure expired() {
    return caller(
        DeadLetterCode.EXPIRED,
        "the deadline had passed when the request was read; set it later or leave it out",
        "deadline");
  }

  static Failure tooLarge(String message) {
    return caller(DeadLetterCode.REQUEST_TOO_LARGE, message, null);
  }

  static Failure withoutPrice(ModelAlias alias) {
    return Failure.newBuilder()
        .setCode(DeadLetterCode.BUDGET_SPENT)
        .setKind(FailureKind.OPERATOR)
        .setMessage(
            "the tenant has a budget, and what a call can cost is not known, because a model of "
                + alias.alias()
                + " has no price; give it one in prices.file")
        .setField("model")
        .build();
  }

  static Failure bug(String exception) {
    return Failure.newBuilder()
        .setCode(DeadLetterCode.INTERNAL_ERROR)
        .setKind(FailureKind.BUG)
        .setMessage(
            "Streambed failed while it read the request ("
                + exception
                + "); its log says where; please report it")
        .build();
  }

  private static Failure caller(DeadLetterCode code, String message, @Nullable String field) {
    return Failure.newBuilder()
        .setCode(code)
        .setKind(FailureKind.CALLER)
        .setMessage(message)
        .setField(field)
        .build();
  }
}
