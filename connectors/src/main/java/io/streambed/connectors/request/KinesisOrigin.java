/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.request;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.header.Headers;
import org.jspecify.annotations.Nullable;

/** What the Kinesis source says of a record in its headers. */
final class KinesisOrigin {

  private static final String STREAM = "kinesis.stream";
  private static final String SHARD = "kinesis.shard";
  private static final String SEQUENCE = "kinesis.sequence";
  private static final String SUBSEQUENCE = "kinesis.subsequence";
  private static final String ARRIVAL = "kinesis.arrival";
  private static final String EVENT = "kinesis.shard.event";

  private KinesisOrigin() {}

  /**
   * Stream, shard, sequence number and, within an aggregated record, number, with slashes between
   * them: the same however often the record is read. Nothing if it is not from Kinesis.
   */
  static Optional<String> position(Headers headers) {
    List<String> parts =
        List.of(STREAM, SHARD, SEQUENCE).stream()
            .flatMap(name -> text(headers, name).stream())
            .toList();
    if (parts.size() < 3) {
      return Optional.empty();
    }
    String whole = String.join("/", parts);
    return Optional.of(text(headers, SUBSEQUENCE).map(part -> whole + "/" + part).orElse(whole));
  }

  /** When the record came to Kinesis, in milliseconds since 1970. */
  static Optional<Long> arrival(Headers headers) {
    return value(headers, ARRIVAL) instanceof Long millis ? Optional.of(millis) : Optional.empty();
  }

  /** Whether it is no record of the stream, but says that a shard begins or ends. */
  static boolean isShardEvent(Headers headers) {
    return headers.lastWithName(EVENT) != null;
  }

  private static Optional<String> text(Headers headers, String name) {
    return Optional.ofNullable(value(headers, name)).map(Object::toString);
  }

  private static @Nullable Object value(Headers headers, String name) {
    Header header = headers.lastWithName(name);
    return header == null ? null : header.value();
  }
}
