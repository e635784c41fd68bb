/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.replay;

/** Why nothing is done with a record. */
public enum Skip {
  /** It has no value. */
  TOMBSTONE,
  /** Its value is no request, or of a schema that the registry does not know. */
  UNREADABLE,
  /** The platform would not admit it. */
  REFUSED,
  /** The filters leave it out. */
  FILTERED,
  /** What {@code --only} asks for does not hold of it. */
  UNAFFECTED
}
