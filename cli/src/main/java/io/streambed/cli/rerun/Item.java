/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.rerun;

import io.streambed.cli.replay.Recorded;
import io.streambed.cli.replay.Verdict;

/** What reading a range brings, in the order of each partition's offsets. */
public sealed interface Item {

  int partition();

  /** The offset behind it. */
  long next();

  /** A request. */
  record Request(Recorded recorded) implements Item {
    @Override
    public int partition() {
      return recorded.place().partition();
    }

    @Override
    public long next() {
      return recorded.place().offset() + 1;
    }
  }

  /** A record that is none. */
  record Bad(int partition, long next, Verdict.Skipped skipped) implements Item {}

  /**
   * No record up to an offset.
   *
   * @param deleted whether they were deleted from the partition's beginning
   */
  record Gap(int partition, long next, boolean deleted) implements Item {}
}
