/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.job;

import io.streambed.schemas.RecordHeader;
import io.streambed.schemas.redrive.RedriveMark;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request's record as it was read.
 *
 * @param timestamp the record's own
 */
public record SourceRecord(
    String topic,
    int partition,
    long offset,
    Instant timestamp,
    byte @Nullable [] key,
    byte @Nullable [] value,
    List<RecordHeader> headers) {

  /** The id of a request that has none of its own: one that is redriven keeps what it had. */
  public String id() {
    return RedriveMark.in(headers).map(RedriveMark::originalId).orElseGet(this::place);
  }

  /** {@code topic-partition-offset}. */
  public String place() {
    return topic + "-" + partition + "-" + offset;
  }

  @Override
  public String toString() {
    return "SourceRecord[" + place() + "]";
  }
}
