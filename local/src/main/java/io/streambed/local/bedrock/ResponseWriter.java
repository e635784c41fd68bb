/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.streambed.local.bedrock.wire.Answer;
import io.streambed.local.bedrock.wire.EventFrames;
import io.streambed.local.bedrock.wire.Json;
import io.streambed.local.http.Exchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Writes one response with the headers that Bedrock sends. */
final class ResponseWriter {
  private static final int OK = 200;
  private static final String REQUEST_ID = "x-amzn-RequestId";
  private static final String ERROR_TYPE = "x-amzn-ErrorType";
  private static final String INPUT_TOKENS = "X-Amzn-Bedrock-Input-Token-Count";
  private static final String OUTPUT_TOKENS = "X-Amzn-Bedrock-Output-Token-Count";
  private static final String INVOCATION_LATENCY = "X-Amzn-Bedrock-Invocation-Latency";
  private static final String SERVICE_TIER = "X-Amzn-Bedrock-Service-Tier";
  private static final String CONTENT_TYPE = "Content-Type";
  private static final String JSON_MEDIA_TYPE = "application/json";

  /** What the real service appends to the type; clients cut it off. */
  private static final String TYPE_ORIGIN = ":http://internal.amazon.com/coral/com.amazon.bedrock/";

  private final Exchange exchange;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final Optional<String> tier;

  /** Writes what no model has answered. */
  ResponseWriter(Exchange exchange) {
    this(exchange, Optional.empty());
  }

  /**
   * @param tier the service tier in which the call is served; empty where it named none but the
   *     default
   */
  ResponseWriter(Exchange exchange, Optional<String> tier) {
    this.exchange = exchange;
    this.tier = tier;
    headers.put(REQUEST_ID, UUID.randomUUID().toString());
  }

  void refuse(Answer.Refusal refusal) {
    headers.put(ERROR_TYPE, refusal.type().title() + TYPE_ORIGIN);
    json(
        refusal.type().status(),
        Json.bytes(AnswerBody.of(refusal, Duration.ZERO, Optional.empty())));
  }

  /** As a proxy answers: no type, and a body that is no JSON. */
  void gateway(int status) {
    headers.put(CONTENT_TYPE, "text/html");
    exchange.reply(status, headers, "<html><body>Bad gateway</body></html>".getBytes(US_ASCII));
  }

  void whole(Answer answer, Duration took) {
    json(OK, body(answer, took));
  }

  /** The first half of the body as if it were all. */
  void malformed(Answer answer, Duration took) {
    byte[] body = body(answer, took);
    json(OK, Arrays.copyOf(body, body.length / 2));
  }

  /** The first half of the body, to be written after {@link #begin}, which tells of all of it. */
  List<byte[]> half(Answer answer, Duration took) {
    byte[] body = body(answer, took);
    headers.put(CONTENT_TYPE, JSON_MEDIA_TYPE);
    headers.put("Content-Length", Integer.toString(body.length));
    return List.of(Arrays.copyOf(body, body.length / 2));
  }

  /** What some other service would answer. */
  void foreign() {
    json(OK, "{\"status\":\"ok\",\"output\":{\"items\":[]}}".getBytes(US_ASCII));
  }

  /** The body cut into so many pieces, to be written after {@link #begin}. */
  List<byte[]> pieces(Answer answer, Duration took, int count) {
    byte[] body = body(answer, took);
    headers.put(CONTENT_TYPE, JSON_MEDIA_TYPE);
    List<byte[]> pieces = new ArrayList<>();
    int length = Math.ceilDiv(body.length, count);
    for (int from = 0; from < body.length; from += length) {
      pieces.add(Arrays.copyOfRange(body, from, Math.min(body.length, from + length)));
    }
    return pieces;
  }

  void startStream() {
    headers.put(CONTENT_TYPE, EventFrames.MEDIA_TYPE);
  }

  void begin() {
    exchange.begin(OK, headers);
  }

  private byte[] body(Answer answer, Duration took) {
    if (answer instanceof Answer.Vectors vectors) {
      if (vectors.counted()) {
        headers.put(INPUT_TOKENS, Long.toString(vectors.usage().input()));
        headers.put(OUTPUT_TOKENS, Long.toString(vectors.usage().output()));
      }
      tier.ifPresent(name -> headers.put(SERVICE_TIER, name));
      headers.put(INVOCATION_LATENCY, Long.toString(took.toMillis()));
    }
    return Json.bytes(AnswerBody.of(answer, took, tier));
  }

  private void json(int status, byte[] body) {
    headers.put(CONTENT_TYPE, JSON_MEDIA_TYPE);
    exchange.reply(status, headers, body);
  }
}
