/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.settlement;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.RecordHeader;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Makes records for the output topics that are sure to fit: an oversize record would end the
 * producer's transaction, whatever the exception handler says.
 */
record Outbox(SettlementParts parts) {

  /** The record for a live topic, or nothing where it is larger than that takes. */
  Optional<Record<byte[], byte[]>> record(
      String topic, byte[] key, SpecificRecordBase value, List<RecordHeader> headers, Instant now) {
    return record(Target.live(parts, topic, ""), key, value, headers, now);
  }

  /** The record, or nothing where it is larger than its topic takes. */
  Optional<Record<byte[], byte[]>> record(
      Target target, byte[] key, SpecificRecordBase value, List<RecordHeader> given, Instant now) {
    byte[] bytes = parts.encoder().encode(target.codedFor(), value);
    List<RecordHeader> headers = marked(given, target.marks());
    Headers copied = headers(headers);
    return bytes.length + key.length + size(headers) > target.limit()
        ? Optional.empty()
        : Optional.of(new Record<>(key, bytes, now.toEpochMilli(), copied));
  }

  private static List<RecordHeader> marked(List<RecordHeader> given, List<RecordHeader> marks) {
    if (marks.isEmpty()) {
      return given;
    }
    List<RecordHeader> all = new ArrayList<>(given);
    all.addAll(marks);
    return all;
  }

  /** A dead letter, with as much of the request as fits. */
  Record<byte[], byte[]> deadLetter(Target target, byte[] key, DeadLetter letter, Instant now) {
    return slim(target, key, letter, now)
        .or(() -> slim(target, key, DeadLetters.withoutValue(letter), now))
        .or(() -> slim(target, letter.getId().getBytes(UTF_8), DeadLetters.placeOnly(letter), now))
        .orElseThrow(() ->
            new IllegalStateException(
                "max.message.bytes of a topic for dead letters is too small for any: "
                    + target.limit()));
  }

  private Optional<Record<byte[], byte[]>> slim(
      Target target, byte[] key, DeadLetter letter, Instant now) {
    return record(target, key, letter, letter.getOriginalHeaders(), now);
  }

  /** The key of everything that is said of a request: its own, else its id. */
  static byte[] key(Optional<ByteBuffer> requestKey, String id) {
    return requestKey
        .map(buffer -> {
          byte[] bytes = new byte[buffer.remaining()];
          buffer.duplicate().get(bytes);
          return bytes;
        })
        .orElseGet(() -> id.getBytes(UTF_8));
  }

  private static Headers headers(List<RecordHeader> headers) {
    RecordHeaders copied = new RecordHeaders();
    for (RecordHeader header : headers) {
      copied.add(
          header.getKey(),
          header.getValue().map(value -> key(Optional.of(value), "")).orElse(null));
    }
    return copied;
  }

  private static int size(List<RecordHeader> headers) {
    int size = 0;
    for (RecordHeader header : headers) {
      size += header.getKey().length() * 3 + header.getValue().map(ByteBuffer::remaining).orElse(0);
    }
    return size;
  }
}
