/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/** Frames of the media type {@code application/vnd.amazon.eventstream}. */
public final class EventFrames {
  /** Media type of the stream. */
  public static final String MEDIA_TYPE = "application/vnd.amazon.eventstream";

  private EventFrames() {}

  /** An event. */
  public static byte[] event(String type, ObjectNode payload) {
    return frame("event", ":event-type", type, Json.bytes(payload));
  }

  /** An error in the middle of a stream. */
  public static byte[] exception(ErrorType type, String message) {
    return frame(
        "exception",
        ":exception-type",
        type.eventTitle(),
        Json.bytes(Json.object().put("message", message)));
  }

  private static byte[] frame(String messageType, String typeHeader, String type, byte[] payload) {
    // The order of the headers is that of the recorded frames.
    Map<String, HeaderValue> headers = new LinkedHashMap<>();
    headers.put(":message-type", HeaderValue.fromString(messageType));
    headers.put(typeHeader, HeaderValue.fromString(type));
    headers.put(":content-type", HeaderValue.fromString("application/json"));
    ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length + 128);
    new Message(headers, payload).encode(out);
    return out.toByteArray();
  }
}
