/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.avro;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.connect.errors.DataException;

/**
 * Codes Avro's generic data, in their own schema or in another. Any thread.
 *
 * <p>Its failures are Avro's own, whose messages can quote the data: do not pass them on.
 */
sealed interface DatumCoder {

  /** Avro's binary encoding of a datum. */
  byte[] encode(Object datum) throws IOException;

  /**
   * A coder for data of one schema that others shall read in another.
   *
   * @throws DataException if the one cannot be read as the other; it names the field
   */
  static DatumCoder of(Schema from, Schema to) {
    if (from.equals(to)) {
      return new Direct(new GenericDatumWriter<>(from));
    }
    SchemaPairCompatibility pair = SchemaCompatibility.checkReaderWriterCompatibility(to, from);
    if (pair.getType() != SchemaCompatibilityType.COMPATIBLE) {
      throw new DataException(refusal(from, to, pair));
    }
    return new Resolving(
        new Direct(new GenericDatumWriter<>(from)),
        new GenericDatumReader<>(from, to),
        new Direct(new GenericDatumWriter<>(to)));
  }

  /** In the data's own schema. */
  record Direct(GenericDatumWriter<Object> writer) implements DatumCoder {
    @Override
    public byte[] encode(Object datum) throws IOException {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
      writer.write(datum, encoder);
      encoder.flush();
      return out.toByteArray();
    }
  }

  /**
   * In another schema: the data are written in their own and read in the other, so that names,
   * defaults and enums meet by Avro's rules and by no second set of them.
   */
  record Resolving(Direct before, GenericDatumReader<Object> reader, Direct after)
      implements DatumCoder {
    @Override
    public byte[] encode(Object datum) throws IOException {
      byte[] own = before.encode(datum);
      return after.encode(reader.read(null, DecoderFactory.get().binaryDecoder(own, null)));
    }
  }

  private static String refusal(Schema from, Schema to, SchemaPairCompatibility pair) {
    StringBuilder text =
        new StringBuilder("a record ")
            .append(from.getFullName())
            .append(" of Connect cannot be written as ")
            .append(to.getFullName())
            .append(" of the registry");
    for (Incompatibility one : pair.getResult().getIncompatibilities()) {
      text.append("; ").append(SchemaPlace.of(to, one.getLocation()));
      text.append(": ").append(one.getType());
    }
    return text.append("; give it what that schema asks for, or change the schema").toString();
  }
}
