/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.answer;

import com.fasterxml.jackson.databind.JsonNode;
import io.streambed.local.bedrock.catalog.ModelKind;
import io.streambed.local.bedrock.catalog.ModelSpec;
import io.streambed.local.bedrock.wire.Answer;
import java.util.Optional;

/** Refuses what Bedrock refuses, with messages as they were seen where they were seen. */
final class ConverseChecks {
  private static final String LONG_CONTEXT = "context-1m-2025-08-07";

  private ConverseChecks() {}

  static Optional<Answer.Refusal> check(
      ModelSpec model, Conversation conversation, boolean streamed) {
    JsonNode body = conversation.body();
    if (model.kind() != ModelKind.CHAT) {
      return refuse(
          "This action doesn't support the model that you provided. Try again with a supported text or chat model.");
    }
    JsonNode config = body.path("inferenceConfig");
    long maxTokens = config.path("maxTokens").asLong(model.maxOutputTokens());
    if (maxTokens < 1) {
      return refuse(
          "1 validation error detected: Value at 'inferenceConfig.maxTokens' failed to satisfy constraint: Member must have value greater than or equal to 1");
    }
    if (maxTokens > model.maxOutputTokens()) {
      return refuse(
          "The maximum tokens you requested exceeds the model limit of %d. Try again with a maximum tokens value that is lower than %1$d."
              .formatted(model.maxOutputTokens()));
    }
    for (String name : new String[] {"temperature", "topP"}) {
      Optional<Answer.Refusal> refusal = sampling(model, config, name);
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    if (!model.tools() && body.path("toolConfig").path("tools").size() > 0) {
      return refuse("This model doesn't support tool use.");
    }
    if (streamed && !model.streamedTools() && body.path("toolConfig").path("tools").size() > 0) {
      return refuse("This model doesn't support tool use in streaming mode.");
    }
    Optional<Answer.Refusal> refusal =
        messages(model, body.path("messages")).or(() -> CachePointChecks.check(model, body));
    if (refusal.isPresent()) {
      return refusal;
    }
    int most = asksForLongContext(body) ? model.longContextTokens() : model.contextTokens();
    return conversation.inputTokens() > most
        ? refuse("Input is too long for requested model.")
        : Optional.empty();
  }

  /** Some models read more where the request names this feature of theirs. */
  private static boolean asksForLongContext(JsonNode body) {
    return body.path("additionalModelRequestFields")
        .path("anthropic_beta")
        .toString()
        .contains(LONG_CONTEXT);
  }

  private static Optional<Answer.Refusal> sampling(ModelSpec model, JsonNode config, String name) {
    if (!config.has(name)) {
      return Optional.empty();
    }
    if (!model.sampling()) {
      return refuse(
          "The model returned the following errors: `"
              + name
              + "` is not supported for this model.");
    }
    double value = config.get(name).asDouble();
    return value < 0 || value > 1
        ? refuse(
            "1 validation error detected: Value at 'inferenceConfig."
                + name
                + "' failed to satisfy constraint: Member must have value between 0 and 1")
        : Optional.empty();
  }

  private static Optional<Answer.Refusal> messages(ModelSpec model, JsonNode messages) {
    if (messages.isEmpty()) {
      return refuse(
          "A conversation must have at least one message. Try again with a conversation that has a message.");
    }
    String expected = "user";
    for (int m = 0; m < messages.size(); m++) {
      String role = messages.get(m).path("role").asText();
      if (role.equals("system")) {
        continue;
      }
      if (!role.equals(expected)) {
        return refuse(
            m == 0
                ? "A conversation must start with a user message. Try again with a conversation that starts with a user message."
                : "A conversation must alternate between user and assistant roles. Make sure the conversation alternates between user and assistant roles and try again.");
      }
      expected = role.equals("user") ? "assistant" : "user";
      Optional<Answer.Refusal> refusal = content(model, messages.get(m).path("content"), m);
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    return Optional.empty();
  }

  private static Optional<Answer.Refusal> content(ModelSpec model, JsonNode content, int message) {
    if (content.isEmpty()) {
      return refuse(
          "The content field in the Message object at messages.%d is empty. Add a ContentBlock object to the content field and try again."
              .formatted(message));
    }
    for (int c = 0; c < content.size(); c++) {
      JsonNode block = content.get(c);
      if (block.has("text") && block.get("text").asText().isBlank()) {
        return refuse(
            "The text field in the ContentBlock object at messages.%d.content.%d is blank. Add text to the text field, and try again."
                .formatted(message, c));
      }
      if (block.has("image") && !model.images()) {
        return refuse("This model doesn't support the image content block that you provided.");
      }
    }
    return Optional.empty();
  }

  private static Optional<Answer.Refusal> refuse(String message) {
    return Optional.of(Answer.Refusal.invalid(message));
  }
}
