/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.redrive;

import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.Redrive;
import java.time.Instant;

/**
 * The request that a dead letter is about, which has no other: a request is settled once. Its
 * record's time tells it from one that had the same place before its topic was made anew.
 *
 * @param topic its topic
 * @param partition its partition
 * @param offset its offset
 * @param requestedAt timestamp of its record
 */
public record RequestPlace(String topic, int partition, long offset, Instant requestedAt) {

  /** The request of a dead letter. */
  public static RequestPlace of(DeadLetter letter) {
    return new RequestPlace(
        letter.getSourceTopic(),
        letter.getSourcePartition(),
        letter.getSourceOffset(),
        letter.getRequestedAt());
  }

  /** The request of which it is said what was done with its dead letter. */
  public static RequestPlace of(Redrive redrive) {
    return new RequestPlace(
        redrive.getSourceTopic(),
        redrive.getSourcePartition(),
        redrive.getSourceOffset(),
        redrive.getRequestedAt());
  }

  /** {@code topic-partition-offset}. */
  public String key() {
    return topic + "-" + partition + "-" + offset;
  }
}
