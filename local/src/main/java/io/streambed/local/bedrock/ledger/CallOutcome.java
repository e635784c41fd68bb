/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.ledger;

import io.streambed.local.bedrock.wire.Usage;
import java.time.Duration;

/** What became of a call. */
public sealed interface CallOutcome {

  /** Tokens that were billed. */
  default Usage usage() {
    return Usage.NONE;
  }

  /** Money that was billed, in pico-dollars (10⁻¹² US dollars). */
  default long picoDollars() {
    return 0;
  }

  /** The caller still waits. */
  record Open() implements CallOutcome {}

  /**
   * Answered whole.
   *
   * @param texts texts that were embedded; 0 unless it was a call for vectors
   * @param took from receipt until the answer was ready
   */
  record Answered(Usage usage, long picoDollars, int texts, Duration took) implements CallOutcome {}

  /**
   * Answered with an error.
   *
   * @param status HTTP status
   * @param errorType name of the error
   */
  record Refused(int status, String errorType) implements CallOutcome {}

  /**
   * The client closed the connection before its answer was ready. It is billed as if it had been
   * read: whether the real service does that is not known, and this is the dearer case.
   *
   * @param texts texts that were embedded; 0 unless it was a call for vectors
   */
  record ClientGone(Usage usage, long picoDollars, int texts) implements CallOutcome {}

  /**
   * A fault that was set kept the client from getting a whole answer. If the model had done its
   * work by then, it is billed.
   *
   * @param fault name of the effect
   */
  record Broken(String fault, Usage usage, long picoDollars) implements CallOutcome {
    /** Before the model had done anything. */
    public Broken(String fault) {
      this(fault, Usage.NONE, 0);
    }
  }
}
