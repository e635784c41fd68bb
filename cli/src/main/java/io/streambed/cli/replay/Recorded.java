/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.replay;

import io.streambed.processors.admission.Request;
import io.streambed.schemas.RecordHeader;
import io.streambed.schemas.redrive.RedriveMark;
import io.streambed.schemas.replay.Place;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as it was published.
 *
 * @param key the record's key; null where it has none
 */
public record Recorded(
    Place place,
    Instant timestamp,
    byte @Nullable [] key,
    List<RecordHeader> headers,
    Request request) {

  /** The id by which its settlement names it. */
  public String id() {
    return request
        .id()
        .or(() -> RedriveMark.in(headers).map(RedriveMark::originalId))
        .orElseGet(place::toString);
  }

  /** Without the request: it is somebody's private text. */
  @Override
  public String toString() {
    return "Recorded[" + place + "]";
  }
}
