/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.redrive;

import io.streambed.schemas.DeadLetter;

/** What becomes of a dead letter's request. */
public sealed interface Verdict {

  /** It is published again. */
  record Again(Resend resend) implements Verdict {}

  /**
   * It stays where it is, because it was redriven often enough.
   *
   * @param redrives how often
   */
  record Parked(DeadLetter letter, String originalId, int redrives) implements Verdict {}
}
