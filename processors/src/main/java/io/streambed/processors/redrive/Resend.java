/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.redrive;

import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.RecordHeader;
import io.streambed.schemas.redrive.RedriveMark;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A request that is to be published again.
 *
 * @param letter its dead letter
 * @param original its record: as it was, but for what is to be changed in it
 * @param mark what its new record says of that
 * @param topic where it goes
 * @param patches what was changed in it, such as {@code model=small}
 */
public record Resend(
    DeadLetter letter, Original original, RedriveMark mark, String topic, List<String> patches) {

  /** What a record takes beside key, value and headers, amply. */
  private static final int FRAMING = 256;

  public Resend {
    patches = List.copyOf(patches);
  }

  /** The same with a value that was changed. */
  public Resend changed(byte[] value, List<String> done) {
    return new Resend(letter, original.with(value), mark, topic, done);
  }

  /** The new record's headers: the caller's own, and the mark in place of what was reserved. */
  public List<RecordHeader> headers() {
    List<RecordHeader> headers = new ArrayList<>();
    for (RecordHeader header : original.headers()) {
      if (!RedriveMark.isReserved(header.getKey())) {
        headers.add(header);
      }
    }
    headers.addAll(mark.headers());
    return headers;
  }

  /** Bytes of the new record, at most. */
  public int size() {
    int size = FRAMING + original.value().length;
    byte[] key = original.key();
    size += key == null ? 0 : key.length;
    for (RecordHeader header : headers()) {
      size += 3 * header.getKey().length() + 10;
      size += header.getValue().map(ByteBuffer::remaining).orElse(0);
    }
    return size;
  }
}
