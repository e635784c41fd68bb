/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import io.streambed.local.bedrock.wire.Answer;
import io.streambed.local.bedrock.wire.EventFrames;
import io.streambed.local.bedrock.wire.Json;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
  private static final HeaderName SERVICE_TIER = HeaderNames.create("X-Amzn-Bedrock-Service-Tier");
  private static final String JSON_MEDIA_TYPE = "application/json";

  /** What the real service appends to the type; clients cut it off. */
  private static final String TYPE_ORIGIN = ":http://internal.amazon.com/coral/com.amazon.bedrock/";

  private final ServerResponse response;
  private final Optional<String> tier;

  /** Writes what no model has answered. */
  ResponseWriter(ServerResponse response) {
    this(response, Optional.empty());
  }

  /**
   * @param tier the service tier in which the call is served; empty where it named none but the
   *     default
   */
  ResponseWriter(ServerResponse response, Optional<String> tier) {
    this.response = response;
    this.tier = tier;
    response.header(REQUEST_ID, UUID.randomUUID().toString());
  }

  void refuse(Answer.Refusal refusal) {
    response.status(refusal.type().status());
    response.header(ERROR_TYPE, refusal.type().title() + TYPE_ORIGIN);
    json(Json.bytes(AnswerBody.of(refusal, Duration.ZERO, Optional.empty())));
  }

  /** As a proxy answers: no type, and a body that is no JSON. */
  void gateway(int status) {
    response.status(status);
    response.header(HeaderNames.CONTENT_TYPE, "text/html");
    response.send("<html><body>Bad gateway</body></html>".getBytes(US_ASCII));
  }

  void whole(Answer answer, Duration took) {
    json(body(answer, took));
  }

  /** The first half of the body as if it were all. */
  void malformed(Answer answer, Duration took) {
    byte[] body = body(answer, took);
    json(Arrays.copyOf(body, body.length / 2));
  }

  /** The body cut into so many parts, to be written to {@link #open}. */
  List<byte[]> pieces(Answer answer, Duration took, int count) {
    byte[] body = body(answer, took);
    response.header(HeaderNames.CONTENT_TYPE, JSON_MEDIA_TYPE);
    List<byte[]> pieces = new ArrayList<>();
    int length = Math.ceilDiv(body.length, count);
    for (int from = 0; from < body.length; from += length) {
      pieces.add(Arrays.copyOfRange(body, from, Math.min(body.length, from + length)));
    }
    return pieces;
  }

  void startStream() {
    response.header(HeaderNames.CONTENT_TYPE, EventFrames.MEDIA_TYPE);
  }

  OutputStream open() {
    return response.outputStream();
  }

  private byte[] body(Answer answer, Duration took) {
    if (answer instanceof Answer.Vectors vectors) {
      if (vectors.counted()) {
        response.header(INPUT_TOKENS, Long.toString(vectors.usage().input()));
        response.header(OUTPUT_TOKENS, Long.toString(vectors.usage().output()));
      }
      tier.ifPresent(name -> response.header(SERVICE_TIER, name));
      response.header(INVOCATION_LATENCY, Long.toString(took.toMillis()));
    }
    return Json.bytes(AnswerBody.of(answer, took, tier));
  }

  private void json(byte[] body) {
    response.header(HeaderNames.CONTENT_TYPE, JSON_MEDIA_TYPE);
    response.send(body);
  }
}
