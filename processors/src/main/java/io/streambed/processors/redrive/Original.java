/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.redrive;

import io.streambed.schemas.RecordHeader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request's record as it was published.
 *
 * @param key its key; null where it had none
 * @param value its value
 * @param headers its headers
 */
public record Original(byte @Nullable [] key, byte[] value, List<RecordHeader> headers) {

  public Original {
    headers = List.copyOf(headers);
  }

  /** The same with another value. */
  public Original with(byte[] changed) {
    return new Original(key, changed, headers);
  }

  /** Sizes alone: a request is private. */
  @Override
  public String toString() {
    return "Original[" + value.length + " bytes, " + headers.size() + " headers]";
  }
}
