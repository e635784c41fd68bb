/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.redrive;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.DeadLetterCode;
import io.streambed.schemas.FailureKind;
import io.streambed.schemas.RecordHeader;
import io.streambed.schemas.replay.ReplayHeaders;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/** Dead letters for tests. */
final class Letters {
  static final Instant REQUESTED = Instant.parse("2026-01-01T00:00:00Z");

  private Letters() {}

  /** One about the request at an offset, with the request in it. */
  static DeadLetter at(long offset, List<RecordHeader> headers) {
    return builder(offset)
        .setOriginalKey(ByteBuffer.wrap("key".getBytes(UTF_8)))
        .setOriginalValue(ByteBuffer.wrap("value".getBytes(UTF_8)))
        .setOriginalValueLength(5)
        .setOriginalHeaders(headers)
        .build();
  }

  /** One about a request that a run has taken from an archive and asked again. */
  static DeadLetter replayed(String results) {
    return DeadLetter.newBuilder(at(3, List.of(header(ReplayHeaders.RESULTS, results))))
        .setSourceTopic("archive")
        .build();
  }

  /** The same without the request. */
  static DeadLetter.Builder builder(long offset) {
    return DeadLetter.newBuilder()
        .setId("order-" + offset)
        .setCode(DeadLetterCode.MODEL_ERROR)
        .setKind(FailureKind.PROVIDER)
        .setMessage("the model went on failing")
        .setSourceTopic("prompt-requests")
        .setSourcePartition(1)
        .setSourceOffset(offset)
        .setRequestedAt(REQUESTED)
        .setSettledAt(REQUESTED.plusSeconds(60));
  }

  static RecordHeader header(String name, String value) {
    return new RecordHeader(name, ByteBuffer.wrap(value.getBytes(UTF_8)));
  }
}
