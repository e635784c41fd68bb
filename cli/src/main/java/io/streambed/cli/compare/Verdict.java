/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.compare;

/** What the new settlement of a request is beside the old one. */
public enum Verdict {
  /** The same answer, word for word or number for number. */
  EQUAL,
  /** Another answer. */
  CHANGED,
  /** An answer in place of a dead letter. */
  MENDED,
  /** A dead letter in place of an answer. */
  BROKEN,
  /** A dead letter both times. */
  FAILED,
  /** There is no old one. */
  NEW
}
