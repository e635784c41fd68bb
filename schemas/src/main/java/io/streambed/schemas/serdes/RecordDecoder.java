/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.serdes;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Turns bytes of any schema that ours can read into one of our records. Working out how two schemas
 * fit costs more than reading a record, so a reader is kept for each writer's schema.
 *
 * <p>Safe for use by many threads.
 */
public final class RecordDecoder<T extends SpecificRecordBase> {

  /** As many as the registry's client keeps; beyond them the readers are made anew. */
  private static final int MOST_READERS = 1_000;

  private final SpecificData data;
  private final Schema ours;
  private final Map<Integer, SpecificDatumReader<T>> readers = new ConcurrentHashMap<>();

  public RecordDecoder(Class<T> type) {
    this.data = SpecificData.getForClass(type);
    this.ours = data.getSchema(type);
  }

  /**
   * @param value in the registry's wire format
   * @param writer the schema of the id that the value names
   * @throws UnreadableRecordException if the bytes do not match the schema or the schema does not
   *     match ours
   */
  public T decode(byte[] value, Schema writer) {
    int id =
        WireFormat.schemaId(value)
            .orElseThrow(() -> UnreadableRecordException.notWireFormat(value.length));
    try {
      BinaryDecoder in =
          DecoderFactory.get()
              .binaryDecoder(value, WireFormat.HEADER, value.length - WireFormat.HEADER, null);
      T record = reader(id, writer).read(null, in);
      if (record != null && in.isEnd()) {
        return record;
      }
    } catch (IOException | RuntimeException e) {
      // The cause is left out: Avro's messages can quote the data.
    }
    throw UnreadableRecordException.notOfItsSchema(value.length, id, ours.getFullName());
  }

  // The registry client gives one object a schema, and comparing its content costs as much as
  // decoding.
  @SuppressWarnings("ReferenceEquality")
  private SpecificDatumReader<T> reader(int id, Schema writer) {
    SpecificDatumReader<T> known = readers.get(id);
    if (known != null && known.getSchema() == writer) {
      return known;
    }
    if (readers.size() >= MOST_READERS) {
      readers.clear();
    }
    SpecificDatumReader<T> made = new SpecificDatumReader<>(writer, ours, data);
    readers.put(id, made);
    return made;
  }
}
