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
  private static final int TOKENS_A_MESSAGE = 4;
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
    return decisive.toString();
  }

  /** Estimated tokens of the whole request. */
  long inputTokens() {
    long tokens = tokens(body.path("system")) + tokens(body.path("toolConfig").path("tools"));
    for (JsonNode message : body.path("messages")) {
      tokens += TOKENS_A_MESSAGE + tokens(message.path("content"));
    }
    return tokens;
  }

  private JsonNode lastMessage() {
    JsonNode messages = body.path("messages");
    return messages.path(messages.size() - 1);
  }

  private static long tokens(JsonNode blocks) {
    long tokens = 0;
    for (JsonNode block : blocks) {
      if (block.has("text")) {
        tokens += Tokens.count(block.get("text").asText());
      } else if (block.has("image")) {
        tokens += TOKENS_AN_IMAGE;
      } else if (block.has("document")) {
        tokens += documentTokens(block.get("document"));
      } else if (!block.has("cachePoint")) {
        tokens += Tokens.count(block.toString());
      }
    }
    return tokens;
  }

  private static long documentTokens(JsonNode document) {
    int chars = document.path("source").path("bytes").asText("").length();
    return Tokens.count(document.path("name").asText("")) + 1L + chars / BASE64_CHARS_A_TOKEN;
  }
}
