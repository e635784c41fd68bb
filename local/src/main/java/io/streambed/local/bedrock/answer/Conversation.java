/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What the stand-in reads out of the body of Converse.
 *
 * @param body the whole body
 */
record Conversation(ObjectNode body) {
  /** Tokens of a message beside its content. */
  static final int TOKENS_A_MESSAGE = 4;

  private static final int TOKENS_AN_IMAGE = 1_500;
  private static final int BASE64_CHARS_A_TOKEN = 8;

  /** The text of the last message. */
  String lastText() {
    StringBuilder text = new StringBuilder();
    for (JsonNode block : lastMessage().path("content")) {
      text.append(block.path("text").asText("")).append('\n');
    }
    return text.toString().strip();
  }

  /** Whether the last message brings the result of a tool. */
  boolean bringsToolResult() {
    for (JsonNode block : lastMessage().path("content")) {
      if (block.has("toolResult")) {
        return true;
      }
    }
    return false;
  }

  /** Everything that decides the answer, as text. */
  String decisive() {
    ObjectNode decisive = body.deepCopy();
    decisive.remove("requestMetadata");
    decisive.remove("performanceConfig");
    decisive.remove("serviceTier");
    withoutPoints(decisive.path("toolConfig").path("tools"));
    withoutPoints(decisive.path("system"));
    decisive.path("messages").forEach(message -> withoutPoints(message.path("content")));
    return decisive.toString();
  }

  private static void withoutPoints(JsonNode blocks) {
    for (var each = blocks.elements(); each.hasNext(); ) {
      if (each.next().has("cachePoint")) {
        each.remove();
      }
    }
  }

  /** Estimated tokens of the whole request. */
  long inputTokens() {
    long tokens = sum(body.path("system")) + sum(body.path("toolConfig").path("tools"));
    for (JsonNode message : body.path("messages")) {
      tokens += TOKENS_A_MESSAGE + sum(message.path("content"));
    }
    return tokens;
  }

  private JsonNode lastMessage() {
    JsonNode messages = body.path("messages");
    return messages.path(messages.size() - 1);
  }

  private static long sum(JsonNode blocks) {
    long tokens = 0;
    for (JsonNode block : blocks) {
      tokens += tokens(block);
    }
    return tokens;
  }

  /** Estimated tokens of a tool or of a block. */
  static long tokens(JsonNode block) {
    if (block.has("text")) {
      return Tokens.count(block.get("text").asText());
    } else if (block.has("image")) {
      return TOKENS_AN_IMAGE;
    } else if (block.has("document")) {
      return documentTokens(block.get("document"));
    }
    return block.has("cachePoint") ? 0 : Tokens.count(block.toString());
  }

  private static long documentTokens(JsonNode document) {
    int chars = document.path("source").path("bytes").asText("").length();
    return Tokens.count(document.path("name").asText("")) + 1L + chars / BASE64_CHARS_A_TOKEN;
  }
}
