/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.answer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Decides whether the model asks for a tool, and for which. */
final class ToolChoice {
  private static final Pattern WORD_BREAK = Pattern.compile("[_-]|(?<=[a-z])(?=[A-Z])");

  /** Shorter words of a tool's name, such as get and run, are in too many prompts. */
  private static final int TELLING_LENGTH = 5;

  private ToolChoice() {}

  /** The specification of the tool to ask for. */
  static Optional<JsonNode> of(Conversation conversation) {
    JsonNode config = conversation.body().path("toolConfig");
    JsonNode choice = config.path("toolChoice");
    String prompt = conversation.lastText().toLowerCase(Locale.ROOT);
    Optional<JsonNode> first = Optional.empty();
    for (JsonNode tool : config.path("tools")) {
      JsonNode spec = tool.path("toolSpec");
      String name = spec.path("name").asText("");
      if (name.isEmpty()) {
        continue;
      }
      if (first.isEmpty()) {
        first = Optional.of(spec);
      }
      boolean demanded = choice.path("tool").path("name").asText("").equals(name);
      boolean askedFor =
          !choice.has("tool") && !conversation.bringsToolResult() && speaksOf(prompt, name);
      if (demanded || askedFor) {
        return Optional.of(spec);
      }
    }
    return choice.has("any") ? first : Optional.empty();
  }

  private static boolean speaksOf(String prompt, String toolName) {
    if (prompt.contains(toolName.toLowerCase(Locale.ROOT))) {
      return true;
    }
    return WORD_BREAK
        .splitAsStream(toolName)
        .map(word -> word.toLowerCase(Locale.ROOT))
        .anyMatch(word -> word.length() >= TELLING_LENGTH && prompt.contains(word));
  }
}
