/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.serdes;

import java.nio.ByteBuffer;
import java.util.OptionalInt;

/**
 * Confluent's wire format: a zero byte, the schema's id in the registry as four bytes (big-endian),
 * the record in Avro's binary encoding.
 */
public final class WireFormat {

  /** Bytes before the record. */
  public static final int HEADER = 5;

  private static final byte MAGIC = 0;

  private WireFormat() {}

  /** The schema id, or nothing where the bytes are not in this format. */
  public static OptionalInt schemaId(byte[] value) {
    if (value.length < HEADER || value[0] != MAGIC) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(ByteBuffer.wrap(value).getInt(1));
  }

  /**
   * The record without the header: a view, not a copy.
   *
   * @throws UnreadableRecordException if the bytes are not in this format
   */
  public static ByteBuffer body(byte[] value) {
    if (schemaId(value).isEmpty()) {
      throw UnreadableRecordException.notWireFormat(value.length);
    }
    return ByteBuffer.wrap(value, HEADER, value.length - HEADER).slice();
  }

  /** A header and the record behind it. */
  public static byte[] wrap(int schemaId, byte[] avro) {
    return ByteBuffer.allocate(HEADER + avro.length).put(MAGIC).putInt(schemaId).put(avro).array();
  }
}
