/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.job;

import io.streambed.schemas.EmbeddingRequest;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.state.Job;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * The two parts of a stored request, and the request out of them. Avro's binary encoding of a
 * record is that of its fields one after the other, so a request can be cut between two fields and
 * joined again: the part from {@code model} on decides the answer and is shared by equal work.
 *
 * <p>Safe for use by many threads.
 */
public final class Payload {

  private static final String FIRST_CONTENT_FIELD = "model";
  private static final byte WIRE_MAGIC = 0;
  private static final int WIRE_PREFIX = 1 + Integer.BYTES;

  private final Map<Long, Schema> known = new HashMap<>();
  private final Map<Schema, Long> current;
  private final Readers<PromptRequest> prompts = new Readers<>(PromptRequest.class);
  private final Readers<EmbeddingRequest> texts = new Readers<>(EmbeddingRequest.class);

  /**
   * A request in the current schema, in two parts.
   *
   * @param schema CRC-64 fingerprint of the schema
   * @param envelope the fields above {@code model}
   * @param content the fields from {@code model} on
   */
  public record Split(long schema, ByteBuffer envelope, ByteBuffer content) {
    @Override
    public String toString() {
      return "Split[" + envelope.remaining() + " + " + content.remaining() + " bytes]";
    }
  }

  /**
   * @param older schemas of requests in which earlier versions stored jobs
   */
  public Payload(Iterable<Schema> older) {
    older.forEach(this::learn);
    this.current =
        Map.of(
            PromptRequest.getClassSchema(),
            learn(PromptRequest.getClassSchema()),
            EmbeddingRequest.getClassSchema(),
            learn(EmbeddingRequest.getClassSchema()));
  }

  private long learn(Schema schema) {
    long id = SchemaNormalization.parsingFingerprint64(schema);
    known.put(id, schema);
    return id;
  }

  /**
   * Encodes a request and cuts it.
   *
   * @param request a {@link PromptRequest} or an {@link EmbeddingRequest}
   */
  public Split split(SpecificRecordBase request) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    CuttingWriter writer = new CuttingWriter(request, out);
    try {
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
      writer.write(request, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] bytes = out.toByteArray();
    return new Split(
        schemaId(request.getSchema()),
        ByteBuffer.wrap(bytes, 0, writer.cut).slice(),
        ByteBuffer.wrap(bytes, writer.cut, bytes.length - writer.cut).slice());
  }

  private long schemaId(Schema schema) {
    Long id = current.get(schema);
    if (id == null) {
      throw new IllegalArgumentException(schema.getFullName() + " is no request");
    }
    return id;
  }

  /**
   * The whole request in Avro's binary encoding.
   *
   * @param content the job's, or the equal bytes of its flight
   */
  public static byte[] join(Job job, ByteBuffer content) {
    ByteBuffer envelope = job.getEnvelope();
    return ByteBuffer.allocate(envelope.remaining() + content.remaining())
        .put(envelope.duplicate())
        .put(content.duplicate())
        .array();
  }

  /** The value of the request's record, byte for byte. */
  public static byte[] originalValue(Job job, ByteBuffer content) {
    return job.getOriginal()
        .map(Payload::copy)
        .orElseGet(() -> wireValue(job.getWriterSchemaId(), job.getEnvelope(), content));
  }

  /** Whether a record's value is just this request in the registry's wire format. */
  public static boolean reproduces(Split split, int writerSchemaId, byte[] value) {
    int cut = WIRE_PREFIX + split.envelope().remaining();
    return value.length == cut + split.content().remaining()
        && value[0] == WIRE_MAGIC
        && ByteBuffer.wrap(value, 1, Integer.BYTES).getInt() == writerSchemaId
        && ByteBuffer.wrap(value, WIRE_PREFIX, cut - WIRE_PREFIX).equals(split.envelope())
        && ByteBuffer.wrap(value, cut, value.length - cut).equals(split.content());
  }

  /**
   * Decodes a prompt.
   *
   * @throws UnknownStateException if no known version wrote these bytes
   */
  public PromptRequest prompt(Job job, ByteBuffer content) {
    return decode(job, content, prompts);
  }

  /**
   * Decodes a text to embed.
   *
   * @throws UnknownStateException if no known version wrote these bytes
   */
  public EmbeddingRequest embedding(Job job, ByteBuffer content) {
    return decode(job, content, texts);
  }

  private <T extends SpecificRecordBase> T decode(Job job, ByteBuffer content, Readers<T> readers) {
    byte[] bytes = join(job, content);
    Schema writer = known.get(job.getPayloadSchema());
    if (writer == null) {
      throw UnknownStateException.of(bytes.length, "unknown schema");
    }
    try {
      return readers
          .of(job.getPayloadSchema(), writer)
          .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
    } catch (IOException | RuntimeException e) {
      // The cause is left out: Avro's messages can quote the data.
      throw UnknownStateException.of(bytes.length, e.getClass().getSimpleName());
    }
  }

  /** One reader a schema: working out how two schemas fit costs more than reading a record. */
  private record Readers<T extends SpecificRecordBase>(
      Class<T> type, Map<Long, SpecificDatumReader<T>> bySchema) {

    Readers(Class<T> type) {
      this(type, new ConcurrentHashMap<>());
    }

    SpecificDatumReader<T> of(long schema, Schema writer) {
      SpecificData data = SpecificData.getForClass(type);
      return bySchema.computeIfAbsent(
          schema, id -> new SpecificDatumReader<>(writer, data.getSchema(type), data));
    }
  }

  private static byte[] wireValue(int schemaId, ByteBuffer envelope, ByteBuffer content) {
    return ByteBuffer.allocate(WIRE_PREFIX + envelope.remaining() + content.remaining())
        .put(WIRE_MAGIC)
        .putInt(schemaId)
        .put(envelope.duplicate())
        .put(content.duplicate())
        .array();
  }

  private static byte[] copy(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  /** Notes how many bytes were written when the first field of the content begins. */
  private static final class CuttingWriter extends SpecificDatumWriter<SpecificRecordBase> {

    private static final int NOT_YET = -1;

    private final ByteArrayOutputStream out;
    private int cut = NOT_YET;

    CuttingWriter(SpecificRecordBase request, ByteArrayOutputStream out) {
      super(request.getSchema(), request.getSpecificData());
      this.out = out;
    }

    @Override
    protected void writeField(Object datum, Schema.Field field, Encoder encoder, Object state)
        throws IOException {
      // No record stands above it, so the first field of that name is the request's own.
      if (cut == NOT_YET && field.name().equals(FIRST_CONTENT_FIELD)) {
        encoder.flush();
        cut = out.size();
      }
      super.writeField(datum, field, encoder, state);
    }
  }
}
