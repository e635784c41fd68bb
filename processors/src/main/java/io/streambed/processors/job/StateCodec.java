/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.job;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Records of the stores and of the topics between our own steps, in Avro's single-object encoding:
 * two marker bytes, the schema's 8-byte fingerprint, the data. A newer version of Streambed decodes
 * what an older one wrote because it knows the older schemas; no registry is asked.
 *
 * <p>Safe for use by many threads.
 */
public final class StateCodec<T extends SpecificRecordBase> {

  private final BinaryMessageEncoder<T> encoder;
  private final BinaryMessageDecoder<T> decoder;

  /**
   * @param older schemas that earlier versions wrote
   */
  public StateCodec(Class<T> type, Iterable<Schema> older) {
    SpecificData data = SpecificData.getForClass(type);
    Schema schema = data.getSchema(type);
    this.encoder = new BinaryMessageEncoder<>(data, schema);
    this.decoder = new BinaryMessageDecoder<>(data, schema);
    older.forEach(decoder::addSchema);
  }

  public byte[] encode(T value) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream(256);
      encoder.encode(value, out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @throws UnknownStateException if no known version wrote these bytes
   */
  public T decode(byte[] bytes) {
    try {
      return decoder.decode(bytes);
    } catch (IOException | RuntimeException e) {
      // The cause is left out: Avro's messages can quote the data.
      throw UnknownStateException.of(bytes.length, e.getClass().getSimpleName());
    }
  }
}
