/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.serdes;

import io.streambed.schemas.registry.RegisteredSchema;
import io.streambed.schemas.registry.SchemaRegistryClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Codes records in the registry's wire format. The registry is asked when a topic is prepared,
 * never when a record is coded.
 *
 * <p>Safe for use by many threads.
 */
public final class AvroEncoder {

  private static final int FIRST_BUFFER = 512;

  private final SchemaRegistryClient registry;
  private final SubjectNaming naming;
  private final boolean autoRegister;
  private final Map<Prepared, Integer> ids = new ConcurrentHashMap<>();

  private record Prepared(String topic, boolean key, String record) {}

  /**
   * @param autoRegister register schemas that the registry does not have; otherwise they must be
   *     there
   */
  public AvroEncoder(SchemaRegistryClient registry, SubjectNaming naming, boolean autoRegister) {
    this.registry = registry;
    this.naming = naming;
    this.autoRegister = autoRegister;
  }

  /**
   * Finds the id under which records of this schema go to a topic as values. Fails with a {@link
   * io.streambed.schemas.registry.RegistryException}.
   */
  public CompletableFuture<Integer> prepare(String topic, Schema schema) {
    return prepare(topic, false, schema);
  }

  CompletableFuture<Integer> prepare(String topic, boolean key, Schema schema) {
    String subject = naming.subject(topic, key, schema.getFullName());
    CompletableFuture<Integer> id =
        autoRegister
            ? registry.register(subject, schema)
            : registry.lookup(subject, schema).thenApply(RegisteredSchema::id);
    return id.thenApply(found -> {
      ids.put(new Prepared(topic, key, schema.getFullName()), found);
      return found;
    });
  }

  /** After which {@link #prepare} has ended. */
  Duration patience() {
    return registry.patience();
  }

  boolean isPrepared(String topic, boolean key, Schema schema) {
    return ids.containsKey(new Prepared(topic, key, schema.getFullName()));
  }

  /**
   * Codes a value.
   *
   * @throws IllegalStateException if the record's schema was not prepared for the topic
   */
  public byte[] encode(String topic, SpecificRecordBase record) {
    return encode(topic, false, record);
  }

  byte[] encode(String topic, boolean key, SpecificRecordBase record) {
    String name = record.getSchema().getFullName();
    Integer id = ids.get(new Prepared(topic, key, name));
    if (id == null) {
      throw new IllegalStateException(name + " was not prepared for topic " + topic);
    }
    return encode(id, record);
  }

  static byte[] encode(int id, SpecificRecordBase record) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(FIRST_BUFFER);
    out.writeBytes(ByteBuffer.allocate(WireFormat.HEADER).put((byte) 0).putInt(id).array());
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    try {
      new SpecificDatumWriter<SpecificRecordBase>(record.getSchema(), record.getSpecificData())
          .write(record, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
