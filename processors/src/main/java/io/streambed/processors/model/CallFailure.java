/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

import io.streambed.schemas.DeadLetterCode;
import io.streambed.schemas.FailureKind;

/**
 * Why a call failed, and what follows. The table is that of Bedrock's errors: which of them are the
 * caller's, which pass, which stop a lane.
 */
public enum CallFailure {
  /** The quota is used up for now. */
  THROTTLED(Reaction.SLOW_DOWN, DeadLetterCode.THROTTLED, FailureKind.CAPACITY),
  /** The model is being loaded. */
  NOT_READY(Reaction.SLOW_DOWN, DeadLetterCode.THROTTLED, FailureKind.CAPACITY),
  /** A quota of the account that does not come back within minutes. */
  QUOTA_EXCEEDED(Reaction.SLOW_DOWN, DeadLetterCode.THROTTLED, FailureKind.CAPACITY),
  /** The provider has no room, or a gateway on the way failed. */
  UNAVAILABLE(Reaction.RETRY, DeadLetterCode.MODEL_UNAVAILABLE, FailureKind.PROVIDER),
  /** There was no connection: the provider never saw the call. */
  NO_CONNECTION(Reaction.RETRY, DeadLetterCode.MODEL_UNAVAILABLE, FailureKind.PROVIDER),
  /** The connection broke. */
  CONNECTION(Reaction.RETRY, DeadLetterCode.MODEL_UNAVAILABLE, FailureKind.PROVIDER),
  /** The provider failed. */
  PROVIDER_ERROR(Reaction.RETRY, DeadLetterCode.MODEL_ERROR, FailureKind.PROVIDER),
  /** No answer within the time allowed, by the provider's clock or by ours. */
  TIMEOUT(Reaction.RETRY, DeadLetterCode.MODEL_TIMEOUT, FailureKind.PROVIDER),
  /** The answer could not be understood. */
  MALFORMED_ANSWER(Reaction.RETRY, DeadLetterCode.MALFORMED_ANSWER, FailureKind.PROVIDER),
  /** The model refuses the request as wrong; it would refuse it again. */
  REJECTED(Reaction.GIVE_UP, DeadLetterCode.REJECTED_BY_MODEL, FailureKind.CALLER),
  /** Access is denied, or there are no valid credentials. */
  ACCESS_DENIED(Reaction.STOP_LANE, DeadLetterCode.MODEL_UNAVAILABLE, FailureKind.OPERATOR),
  /** There is no such model, it is not offered this way, or its life has ended. */
  UNKNOWN_MODEL_ID(Reaction.STOP_LANE, DeadLetterCode.MODEL_UNAVAILABLE, FailureKind.OPERATOR),
  /** The adapter itself failed. */
  INTERNAL(Reaction.GIVE_UP, DeadLetterCode.INTERNAL_ERROR, FailureKind.BUG);

  /** What follows for the lane and for the work. */
  public enum Reaction {
    /** Try again later; it counts against the lane's breaker. */
    RETRY,
    /** Try again later, and let the whole lane do less; it does not count against the breaker. */
    SLOW_DOWN,
    /** Stop the lane, tell the operator, keep the work. */
    STOP_LANE,
    /** Settle as a dead letter. */
    GIVE_UP
  }

  private final Reaction reaction;
  private final DeadLetterCode code;
  private final FailureKind kind;

  CallFailure(Reaction reaction, DeadLetterCode code, FailureKind kind) {
    this.reaction = reaction;
    this.code = code;
    this.kind = kind;
  }

  /** What follows. */
  public Reaction reaction() {
    return reaction;
  }

  /**
   * Whether the model may have done its work all the same, so that the call may be billed: its
   * answer was lost.
   */
  public boolean mayBeBilled() {
    return switch (this) {
      case CONNECTION, TIMEOUT, MALFORMED_ANSWER, INTERNAL -> true;
      case THROTTLED,
          NOT_READY,
          QUOTA_EXCEEDED,
          UNAVAILABLE,
          NO_CONNECTION,
          PROVIDER_ERROR,
          REJECTED,
          ACCESS_DENIED,
          UNKNOWN_MODEL_ID ->
          false;
    };
  }

  /** Code of the dead letter, if it comes to one. */
  public DeadLetterCode code() {
    return code;
  }

  /** Who must act. */
  public FailureKind kind() {
    return kind;
  }
}
