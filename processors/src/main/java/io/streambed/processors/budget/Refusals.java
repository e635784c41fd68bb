/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.budget;

import io.streambed.schemas.DeadLetterCode;
import io.streambed.schemas.FailureKind;
import io.streambed.schemas.state.Failure;
import org.jspecify.annotations.Nullable;

/** Why a wish gets no money. Pure. */
final class Refusals {

  private Refusals() {}

  static Failure spent(Period period, long limit, Account.Spending spending, long amount) {
    return failure(
        DeadLetterCode.BUDGET_SPENT,
        FailureKind.CAPACITY,
        null,
        "of the tenant's "
            + period.adjective()
            + " budget of "
            + Money.shown(limit)
            + ", "
            + Money.shown(spending.spent())
            + " are spent, and a call for the request can cost up to "
            + Money.shown(amount)
            + "; it is reset at "
            + period.begin(spending.period() + 1)
            + ": publish the request again then, ask for less, or raise the budget");
  }

  static Failure tooMuch(Period period, long limit, long amount) {
    return failure(
        DeadLetterCode.BUDGET_SPENT,
        FailureKind.CALLER,
        null,
        "a call for the request can cost up to "
            + Money.shown(amount)
            + ", more than the whole of the tenant's "
            + period.adjective()
            + " budget of "
            + Money.shown(limit)
            + "; ask for less, set maxTokens lower, or raise the budget");
  }

  static Failure expired() {
    return failure(
        DeadLetterCode.EXPIRED,
        FailureKind.CAPACITY,
        "deadline",
        "the deadline passed while the request waited for its tenant's budget; set it later, or"
            + " raise the budget");
  }

  static Failure cancelled() {
    return failure(
        DeadLetterCode.CANCELLED,
        FailureKind.OPERATOR,
        null,
        "the request was cancelled while it waited for its tenant's budget; publish it again if it"
            + " is wanted");
  }

  private static Failure failure(
      DeadLetterCode code, FailureKind kind, @Nullable String field, String message) {
    return new Failure(code, kind, message, field);
  }
}
