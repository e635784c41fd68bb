/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.cluster;

import java.time.Instant;

/** Where reading begins. */
public sealed interface Start {

  /** At the oldest record. */
  record Beginning() implements Start {}

  /** Behind the newest record: only what comes from now on. */
  record End() implements Start {}

  /**
   * A little before the end.
   *
   * @param records how many records of each partition to look back; markers of transactions count
   */
  record Tail(long records) implements Start {}

  /** At the first record of this time or later. */
  record Since(Instant time) implements Start {}

  /** At the first record of a time or later, or at the oldest where it is before all times. */
  static Start from(Instant time) {
    return time.equals(Instant.MIN) ? new Beginning() : new Since(time);
  }
}
