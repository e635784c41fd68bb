/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

import io.streambed.processors.job.Rejection;
import io.streambed.schemas.state.Job;

/** What becomes of a request. */
public sealed interface Decision {

  /**
   * It becomes a job.
   *
   * @param key brings equal work together: the fingerprint of a prompt; of a text to embed, its
   *     batch group and one byte that spreads it
   * @param value the job as it is written
   */
  record Accepted(Job job, byte[] key, byte[] value) implements Decision {
    @Override
    public String toString() {
      return "Accepted[" + value.length + " bytes]";
    }
  }

  /** It becomes a dead letter. */
  record Rejected(Rejection rejection) implements Decision {}
}
