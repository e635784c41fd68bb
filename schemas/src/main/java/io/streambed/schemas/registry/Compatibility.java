/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.registry;

/** What a new schema of a subject must be able to do with the subject's others. */
public enum Compatibility {
  /** Nothing is asked. */
  NONE,
  /** It reads what the latest one wrote. */
  BACKWARD,
  /** It reads what any earlier one wrote. */
  BACKWARD_TRANSITIVE,
  /** The latest one reads what it writes. */
  FORWARD,
  /** Every earlier one reads what it writes. */
  FORWARD_TRANSITIVE,
  /** Both with the latest one. */
  FULL,
  /** Both with every earlier one. */
  FULL_TRANSITIVE
}
