/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import io.streambed.schemas.state.Answer;
import io.streambed.schemas.state.Failure;
import java.time.Instant;

/** Where a flight stands. */
sealed interface Phase {

  /**
   * It waits for a ticket of its lane.
   *
   * @param since when it began to; a batch is not held open for longer than the configured wait
   */
  record Parked(Instant since) implements Phase {}

  /** It waits for its back-off to end. */
  record Delayed(Instant until) implements Phase {}

  /** It waits for its tenant's budget to set aside what its next call can cost. */
  record Claiming() implements Phase {}

  /** Its attempt is written, or committed, or its call is open. */
  record Underway(String attemptId) implements Phase {}

  /** Its store knows an attempt that this process has not made: another may have it open. */
  record Interrupted() implements Phase {}

  /** Its answer is stored; its jobs are being settled with it. */
  record Answered(Answer answer) implements Phase {}

  /** Its jobs are being settled as dead letters. */
  record GivenUp(Failure failure) implements Phase {}
}
