/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.redrive;

import io.streambed.processors.redrive.Skip;
import io.streambed.schemas.serdes.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Changes requests in the schema in which they were written, so that nothing is lost that this
 * version does not know of. Pure.
 *
 * @param all the changes; none leaves every byte as it is
 */
public record Patches(List<Patch> all) {

  /** Without conversions: times stay numbers. */
  private static final GenericData DATA = new GenericData();

  public Patches {
    all = List.copyOf(all);
  }

  /** What became of a request. */
  public sealed interface Patched {

    /** Its new value, in the registry's wire format. */
    record Done(byte[] value) implements Patched {}

    /** It cannot be changed so. */
    record Not(Skip reason) implements Patched {}
  }

  /** The patches as they are told of a redriven request. */
  public List<String> texts() {
    return all.stream().map(Patch::text).toList();
  }

  /**
   * Changes a request.
   *
   * @param value in the registry's wire format
   * @param writer the schema of the value's schema id
   */
  public Patched apply(byte[] value, Schema writer) {
    OptionalInt id = WireFormat.schemaId(value);
    if (id.isEmpty() || writer.getType() != Schema.Type.RECORD) {
      return new Patched.Not(Skip.UNREADABLE);
    }
    try {
      GenericRecord request = read(value, writer);
      for (Patch patch : all) {
        if (!apply(patch, request)) {
          return new Patched.Not(Skip.NO_SUCH_FIELD);
        }
      }
      return new Patched.Done(WireFormat.wrap(id.getAsInt(), write(request, writer)));
    } catch (IOException | RuntimeException e) {
      // The cause is left out: Avro's messages can quote the data.
      return new Patched.Not(Skip.UNREADABLE);
    }
  }

  private static boolean apply(Patch patch, GenericRecord request) {
    return switch (patch) {
      case Patch.Model(String alias) -> set(request, "model", Schema.Type.STRING, alias);
      case Patch.Deadline(Optional<Instant> at) ->
          set(request, "deadline", Schema.Type.LONG, at.map(Instant::toEpochMilli).orElse(null));
      case Patch.MaxTokens(OptionalInt tokens) -> maxTokens(request, tokens);
      case Patch.Urgency(var priority) -> priority(request, priority.name());
    };
  }

  private static boolean priority(GenericRecord request, String name) {
    Optional<Schema> type = branch(request.getSchema(), "priority", Schema.Type.ENUM);
    if (type.isEmpty() || !type.get().getEnumSymbols().contains(name)) {
      return false;
    }
    request.put("priority", new GenericData.EnumSymbol(type.get(), name));
    return true;
  }

  private static boolean maxTokens(GenericRecord request, OptionalInt tokens) {
    Optional<Schema> type = branch(request.getSchema(), "inference", Schema.Type.RECORD);
    if (type.isEmpty()) {
      return false;
    }
    if (!(request.get("inference") instanceof GenericRecord)) {
      Optional<GenericRecord> fresh = fresh(type.get());
      if (fresh.isEmpty()) {
        return false;
      }
      request.put("inference", fresh.get());
    }
    return request.get("inference") instanceof GenericRecord inference
        && set(
            inference, "maxTokens", Schema.Type.INT, tokens.isPresent() ? tokens.getAsInt() : null);
  }

  private static Optional<GenericRecord> fresh(Schema type) {
    try {
      return Optional.of(new GenericRecordBuilder(type).build());
    } catch (AvroRuntimeException e) {
      // Something in it has no default.
      return Optional.empty();
    }
  }

  private static boolean set(
      GenericRecord record, String field, Schema.Type type, @Nullable Object value) {
    Schema.Type needed = value == null ? Schema.Type.NULL : type;
    if (branch(record.getSchema(), field, needed).isEmpty()) {
      return false;
    }
    record.put(field, value);
    return true;
  }

  /** The schema of a field's values of a type, where it can have such. */
  private static Optional<Schema> branch(Schema record, String field, Schema.Type type) {
    Schema.Field found = record.getField(field);
    if (found == null) {
      return Optional.empty();
    }
    Schema schema = found.schema();
    return schema.getType() == Schema.Type.UNION
        ? schema.getTypes().stream().filter(one -> one.getType() == type).findFirst()
        : Optional.of(schema).filter(one -> one.getType() == type);
  }

  private static GenericRecord read(byte[] value, Schema writer) throws IOException {
    BinaryDecoder in =
        DecoderFactory.get()
            .binaryDecoder(value, WireFormat.HEADER, value.length - WireFormat.HEADER, null);
    GenericRecord read = new GenericDatumReader<GenericRecord>(writer, writer, DATA).read(null, in);
    if (!in.isEnd()) {
      throw new AvroRuntimeException("more bytes than the record has");
    }
    return read;
  }

  private static byte[] write(GenericRecord request, Schema writer) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(writer, DATA).write(request, encoder);
    encoder.flush();
    return out.toByteArray();
  }
}
