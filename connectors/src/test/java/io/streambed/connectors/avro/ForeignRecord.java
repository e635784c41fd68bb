/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.avro;

import io.streambed.schemas.serdes.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/** A record that is none of Streambed's, with every type that Connect and Avro both know. */
final class ForeignRecord {

  static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Order", "namespace": "shop", "fields": [
                {"name": "id", "type": "string"},
                {"name": "state", "type": {"type": "enum", "name": "State",
                  "symbols": ["OPEN", "PAID", "UNKNOWN"], "default": "UNKNOWN"}},
                {"name": "count", "type": "int", "default": 1},
                {"name": "placedAt", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                {"name": "total", "type": "double"},
                {"name": "gift", "type": "boolean"},
                {"name": "note", "type": ["null", "string"], "default": null},
                {"name": "scan", "type": ["null", "bytes"], "default": null},
                {"name": "labels", "type": {"type": "map", "values": "string"}},
                {"name": "lines", "type": {"type": "array", "items":
                  {"type": "record", "name": "Line", "fields": [
                    {"name": "sku", "type": "string"},
                    {"name": "weight", "type": ["null", "float"], "default": null}]}}},
                {"name": "payment", "type": ["null", "long", "string"], "default": null}]}
              """);

  private ForeignRecord() {}

  private static GenericRecord order() {
    Schema line = SCHEMA.getField("lines").schema().getElementType();
    return new GenericRecordBuilder(SCHEMA)
        .set("id", "o-1")
        .set("state", new GenericData.EnumSymbol(SCHEMA.getField("state").schema(), "PAID"))
        .set("count", 2)
        .set("placedAt", 1_764_000_000_123L)
        .set("total", 9.5)
        .set("gift", true)
        .set("scan", ByteBuffer.wrap(new byte[] {0, -1}))
        .set("labels", Map.of("colour", "red"))
        .set(
            "lines",
            List.of(
                new GenericRecordBuilder(line).set("sku", "a").set("weight", 1.5f).build(),
                new GenericRecordBuilder(line).set("sku", "b").build()))
        .set("payment", "cash")
        .build();
  }

  static byte[] avro() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(SCHEMA).write(order(), encoder);
    encoder.flush();
    return out.toByteArray();
  }

  /** Reads a value of the wire format by our schema, whatever schema it was written with. */
  static GenericRecord read(byte[] value, Schema writer) throws IOException {
    return new GenericDatumReader<GenericRecord>(writer, SCHEMA)
        .read(
            null,
            DecoderFactory.get()
                .binaryDecoder(value, WireFormat.HEADER, value.length - WireFormat.HEADER, null));
  }
}
