/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.avro;

import io.apicurio.registry.utils.converter.avro.AvroData;
import io.streambed.schemas.serdes.WireFormat;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Makes Connect's data of bytes. Any thread. */
final class RecordReader {

  /** As many as the registry's client keeps schemas; beyond them they are made anew. */
  private static final int MOST_READERS = 1_000;

  private final RegistrySchemas schemas;
  private final AvroData data;
  private final Map<Integer, GenericDatumReader<Object>> readers = new ConcurrentHashMap<>();

  RecordReader(RegistrySchemas schemas, AvroData data) {
    this.schemas = schemas;
    this.data = data;
  }

  /**
   * @throws DataException if the bytes are no record in the wire format, or its schema is unknown
   * @throws org.apache.kafka.connect.errors.RetriableException if the registry is of no help now
   */
  SchemaAndValue read(String topic, byte[] value) {
    OptionalInt id = WireFormat.schemaId(value);
    if (id.isEmpty()) {
      throw new DataException(
          "a record of topic "
              + topic
              + " ("
              + value.length
              + " bytes) is not Avro in the registry's wire format: it must begin with a zero byte and a 4-byte schema id; read this topic with the converter it was written with");
    }
    Schema schema = schemas.schema(id.getAsInt());
    Object datum = decoded(topic, value, id.getAsInt(), schema);
    return datum == null ? SchemaAndValue.NULL : connect(schema, id.getAsInt(), datum);
  }

  private @Nullable Object decoded(String topic, byte[] value, int id, Schema schema) {
    try {
      BinaryDecoder in =
          DecoderFactory.get()
              .binaryDecoder(value, WireFormat.HEADER, value.length - WireFormat.HEADER, null);
      Object datum = reader(id, schema).read(null, in);
      if (in.isEnd()) {
        return datum;
      }
    } catch (IOException | RuntimeException e) {
      // The cause is left out: Avro's messages can quote the data.
    }
    throw new DataException(
        "a record of topic "
            + topic
            + " ("
            + value.length
            + " bytes) does not match its schema, id "
            + id
            + "; write it with the schema that its id names");
  }

  private SchemaAndValue connect(Schema schema, int id, Object datum) {
    try {
      return data.toConnectData(schema, datum);
    } catch (RuntimeException e) {
      // The cause is left out: it can come from Avro.
      throw new DataException(
          "Connect has no data like those of schema "
              + schema.getFullName()
              + ", id "
              + id
              + ": it knows no null that stands alone, and no union of several types of one name");
    }
  }

  /** Working out how a schema is read costs more than reading a record. */
  private GenericDatumReader<Object> reader(int id, Schema schema) {
    GenericDatumReader<Object> known = readers.get(id);
    if (known != null) {
      return known;
    }
    if (readers.size() >= MOST_READERS) {
      readers.clear();
    }
    GenericDatumReader<Object> made = new GenericDatumReader<>(schema);
    readers.put(id, made);
    return made;
  }
}
