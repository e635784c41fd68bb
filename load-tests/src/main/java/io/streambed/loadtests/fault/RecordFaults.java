/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streambed.loadtests.service.Prompts;
import io.streambed.schemas.ContentBlock;
import io.streambed.schemas.Message;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.Role;
import io.streambed.schemas.serdes.WireFormat;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What producers publish. They share the platform and run at the same time. */
public final class RecordFaults {
  private static final int UNKNOWN_ID = 999_999;

  private RecordFaults() {}

  /** All of them. */
  public static List<Fault> all() {
    return List.of(
        bytes("null-value", "a record without a value", "UNREADABLE", row -> null),
        bytes("empty-value", "a value of 0 bytes", "UNREADABLE", row -> new byte[0]),
        bytes(
            "not-avro",
            "a value that is text",
            "UNREADABLE",
            row -> "Hello, is there a model?".getBytes(UTF_8)),
        bytes(
            "unknown-schema-id",
            "a schema id that the registry does not have",
            "UNKNOWN_SCHEMA",
            row -> WireFormat.wrap(UNKNOWN_ID, new byte[] {1, 2, 3})),
        bytes(
            "bad-avro",
            "a right schema id before bytes that do not match the schema",
            "UNREADABLE",
            row -> WireFormat.wrap(schemaId(row), "This is no record.".getBytes(UTF_8))),
        bytes(
            "cut-off-avro",
            "a request without its last bytes",
            "UNREADABLE",
            row -> {
              byte[] whole = whole(row);
              return Arrays.copyOf(whole, whole.length / 2);
            }),
        asked(
            "oversize-request",
            "a request of 1 MB where request.max.bytes is 900 kB",
            "dead letter REQUEST_TOO_LARGE, calls 0",
            request -> request.setMessages(List.of(message(Prompts.text(1, 1_000_000, 10))))),
        asked(
            "unknown-alias",
            "a model alias that is not configured",
            "dead letter UNKNOWN_MODEL, calls 0",
            request -> request.setModel("nobody")),
        asked(
            "no-messages",
            "a request that asks nothing",
            "dead letter INVALID_REQUEST, calls 0",
            request -> request.setMessages(List.of())),
        asked(
            "deadline-passed",
            "a deadline a minute ago",
            "dead letter EXPIRED, calls 0",
            request -> request.setDeadline(Instant.now().minusSeconds(60))),
        new Fault(
            "deadline-passes-in-flight",
            "a deadline in 6 s, and a model that does not answer",
            "dead letter EXPIRED",
            row -> {
              row.fault("{\"effect\":\"hang\",\"millis\":20000");
              return row.ask(request -> request.setDeadline(Instant.now().plusSeconds(6)))
                  .outcome();
            }));
  }

  private static Fault bytes(
      String name, String provoked, String code, Function<Row, byte @Nullable []> value) {
    return new Fault(
        name,
        provoked,
        "dead letter " + code + ", calls 0",
        row -> row.bytes(value.apply(row)).outcome());
  }

  private static Fault asked(
      String name, String provoked, String documented, Consumer<PromptRequest.Builder> change) {
    return new Fault(name, provoked, documented, row -> row.ask(change).outcome());
  }

  private static byte[] whole(Row row) {
    return row.stage().encode(row.stage().request(row.name(), request -> {}));
  }

  private static int schemaId(Row row) {
    return ByteBuffer.wrap(whole(row)).getInt(1);
  }

  private static Message message(String text) {
    return Message.newBuilder()
        .setRole(Role.USER)
        .setContent(List.of(ContentBlock.newBuilder().setText(text).build()))
        .build();
  }
}
