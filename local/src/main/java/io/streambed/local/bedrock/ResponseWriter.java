/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import io.streambed.local.bedrock.wire.Answer;
import io.streambed.local.bedrock.wire.EventFrames;
import io.streambed.local.bedrock.wire.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Writes one response with the headers that Bedrock sends. */
final class ResponseWriter {
  private static final HeaderName REQUEST_ID = HeaderNames.create("x-amzn-RequestId");
  private static final HeaderName ERROR_TYPE = HeaderNames.create("x-amzn-ErrorType");
  private static final HeaderName INPUT_TOKENS =
      HeaderNames.create("X-Amzn-Bedrock-Input-Token-Count");
  private static final HeaderName OUTPUT_TOKENS =
      HeaderNames.create("X-Amzn-Bedrock-Output-Token-Count");
  private static final HeaderName INVOCATION_LATENCY =
      HeaderNames.create("X-Amzn-Bedrock-Invocation-Latency");

  /** What the real service appends to the type; clients cut it off. */
  private static final String TYPE_ORIGIN = ":http://internal.amazon.com/coral/com.amazon.bedrock/";

  private final ServerResponse response;

  ResponseWriter(ServerResponse response) {
    this.response = response;
    response.header(REQUEST_ID, UUID.randomUUID().toString());
  }

  void refuse(Answer.Refusal refusal) {
    response.status(refusal.type().status());
    response.header(ERROR_TYPE, refusal.type().title() + TYPE_ORIGIN);
    json(Json.bytes(AnswerBody.of(refusal, Duration.ZERO)));
  }

  void whole(Answer answer, Duration took) {
    if (answer instanceof Answer.Vectors vectors) {
      if (vectors.counted()) {
        response.header(INPUT_TOKENS, Long.toString(vectors.usage().input()));
        response.header(OUTPUT_TOKENS, Long.toString(vectors.usage().output()));
      }
      response.header(INVOCATION_LATENCY, Long.toString(took.toMillis()));
    }
    json(Json.bytes(AnswerBody.of(answer, took)));
  }

  /**
   * Writes the frames one by one, evenly over the time.
   *
   * @param beforeLast runs when only the last frame is to be written
   */
  void stream(List<byte[]> frames, Duration takes, Runnable beforeLast) throws IOException {
    response.header(HeaderNames.CONTENT_TYPE, EventFrames.MEDIA_TYPE);
    Duration between = takes.dividedBy(frames.size());
    try (OutputStream out = response.outputStream()) {
      for (int n = 0; n < frames.size(); n++) {
        Pause.of(between);
        if (n == frames.size() - 1) {
          beforeLast.run();
        }
        out.write(frames.get(n));
        out.flush();
      }
    }
  }

  private void json(byte[] body) {
    response.header(HeaderNames.CONTENT_TYPE, "application/json");
    response.send(body);
  }
}
