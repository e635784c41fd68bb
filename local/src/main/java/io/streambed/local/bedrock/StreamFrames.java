/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streambed.local.bedrock.wire.Answer;
import io.streambed.local.bedrock.wire.Block;
import io.streambed.local.bedrock.wire.EventFrames;
import io.streambed.local.bedrock.wire.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A message as the frames of ConverseStream, in Bedrock's order. */
final class StreamFrames {
  private static final int CHARS_A_DELTA = 24;

  private final List<byte[]> frames = new ArrayList<>();

  private StreamFrames() {}

  static List<byte[]> of(Answer.Message message, Duration took, Optional<String> tier) {
    StreamFrames stream = new StreamFrames();
    stream.event("messageStart", Json.object().put("p", "abcd").put("role", "assistant"));
    for (int index = 0; index < message.blocks().size(); index++) {
      stream.block(index, message.blocks().get(index));
    }
    stream.event(
        "messageStop", Json.object().put("p", "abc").put("stopReason", message.stopReason()));
    ObjectNode metadata = Json.object();
    metadata.putObject("metrics").put("latencyMs", took.toMillis());
    metadata.put("p", "abcdef");
    metadata.set("usage", AnswerBody.usage(message.usage()));
    AnswerBody.tier(metadata, tier);
    stream.event("metadata", metadata);
    return stream.frames;
  }

  private void block(int index, Block block) {
    switch (block) {
      case Block.Text text -> {
        // The start of a text block is not announced.
        for (String piece : pieces(text.text())) {
          ObjectNode delta = Json.object();
          delta.put("text", piece);
          delta(index, delta);
        }
      }
      case Block.ToolUse use -> {
        ObjectNode start = Json.object().put("contentBlockIndex", index).put("p", "ab");
        start
            .putObject("start")
            .putObject("toolUse")
            .put("name", use.name())
            .put("toolUseId", use.id());
        event("contentBlockStart", start);
        for (String piece : pieces(use.input().toString())) {
          ObjectNode delta = Json.object();
          delta.putObject("toolUse").put("input", piece);
          delta(index, delta);
        }
      }
    }
    event("contentBlockStop", Json.object().put("contentBlockIndex", index).put("p", "ab"));
  }

  private void delta(int index, ObjectNode delta) {
    ObjectNode payload = Json.object().put("contentBlockIndex", index);
    payload.set("delta", delta);
    event("contentBlockDelta", payload.put("p", "ab"));
  }

  private void event(String type, ObjectNode payload) {
    frames.add(EventFrames.event(type, payload));
  }

  private static List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>();
    for (int at = 0; at < text.length(); ) {
      int end = Math.min(text.length(), at + CHARS_A_DELTA);
      // Both halves of a character beyond the basic plane travel together.
      if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
        end++;
      }
      pieces.add(text.substring(at, end));
      at = end;
    }
    return pieces;
  }
}
