/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streambed.local.bedrock.catalog.ModelSpec;
import io.streambed.local.bedrock.promptcache.Piece;
import io.streambed.local.bedrock.wire.Answer;
import io.streambed.local.bedrock.wire.Block;
import io.streambed.local.bedrock.wire.Json;
import io.streambed.local.bedrock.wire.Usage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Answers Converse. */
public final class ConverseAnswers {
  private static final int TOOL_USE_TOKENS = 20;

  private ConverseAnswers() {}

  /**
   * The answer of that model, or its refusal.
   *
   * @param streamed whether it will be streamed, which some models do not do with tools
   */
  public static Answer answer(ModelSpec model, ObjectNode body, boolean streamed) {
    Conversation conversation = new Conversation(body);
    Optional<Answer.Refusal> refusal = ConverseChecks.check(model, conversation, streamed);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    RandomGenerator random = Seed.of(model.id(), conversation.decisive());
    Optional<JsonNode> tool = ToolChoice.of(conversation);
    return tool.isPresent()
        ? toolUse(model, conversation, tool.get(), random)
        : text(model, conversation, random);
  }

  /** Tokens of the request, as CountTokens tells them. */
  public static long inputTokens(ObjectNode body) {
    return new Conversation(body).inputTokens();
  }

  /** The request as the prompt cache sees it. */
  public static List<Piece> pieces(ObjectNode body) {
    return PromptPieces.of(new Conversation(body));
  }

  /** Most tokens that the answer may have. */
  public static long maxTokens(ModelSpec model, ObjectNode body) {
    return body.path("inferenceConfig").path("maxTokens").asLong(model.maxOutputTokens());
  }

  private static Answer text(ModelSpec model, Conversation conversation, RandomGenerator random) {
    ObjectNode body = conversation.body();
    String whole =
        jsonSchema(body)
            .map(schema -> example(schema, conversation, random).toString())
            .orElseGet(() -> Prose.about(conversation.lastText(), random));
    String stopped = whole;
    for (JsonNode stop : body.path("inferenceConfig").path("stopSequences")) {
      int at = stop.asText().isEmpty() ? -1 : stopped.indexOf(stop.asText());
      stopped = at < 0 ? stopped : stopped.substring(0, at);
    }
    String given = Tokens.first(stopped, maxTokens(model, body));
    String reason =
        given.length() < stopped.length()
            ? "max_tokens"
            : stopped.length() < whole.length() ? "stop_sequence" : "end_turn";
    Usage usage = Usage.of(conversation.inputTokens(), Math.max(1, Tokens.count(given)));
    return new Answer.Message(List.of(new Block.Text(given)), reason, usage);
  }

  private static Answer toolUse(
      ModelSpec model, Conversation conversation, JsonNode tool, RandomGenerator random) {
    String name = tool.get("name").asText();
    JsonNode schema = tool.path("inputSchema").path("json");
    ObjectNode input =
        example(schema, conversation, random) instanceof ObjectNode object ? object : Json.object();
    List<Block> blocks = new ArrayList<>();
    String said = "I will use " + name + " to find that out.";
    blocks.add(new Block.Text(said));
    blocks.add(new Block.ToolUse(Seed.name("tooluse_", 22, random), name, input));
    long output = (long) Tokens.count(said) + Tokens.count(input.toString()) + TOOL_USE_TOKENS;
    long most = maxTokens(model, conversation.body());
    if (output > most) {
      Block cut = new Block.Text(Tokens.first(said, most));
      return new Answer.Message(
          List.of(cut), "max_tokens", Usage.of(conversation.inputTokens(), most));
    }
    return new Answer.Message(blocks, "tool_use", Usage.of(conversation.inputTokens(), output));
  }

  private static JsonNode example(
      JsonNode schema, Conversation conversation, RandomGenerator random) {
    return new JsonExample(schema, Keywords.of(conversation.lastText()), random).value();
  }

  private static Optional<JsonNode> jsonSchema(ObjectNode body) {
    JsonNode schema =
        body.path("outputConfig")
            .path("textFormat")
            .path("structure")
            .path("jsonSchema")
            .path("schema");
    if (!schema.isTextual()) {
      return Optional.empty();
    }
    return Json.parse(schema.asText().getBytes(StandardCharsets.UTF_8)).map(JsonNode.class::cast);
  }
}
