/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streambed.local.bedrock.wire.Answer;
import io.streambed.local.bedrock.wire.Block;
import io.streambed.local.bedrock.wire.Json;
import io.streambed.local.bedrock.wire.Usage;
import java.time.Duration;
import java.util.Optional;

/** Bodies of answers that are not streamed. */
final class AnswerBody {
  private AnswerBody() {}

  /**
   * @param tier the service tier in which the call was served; empty where it named none but the
   *     default
   */
  static ObjectNode of(Answer answer, Duration took, Optional<String> tier) {
    return switch (answer) {
      case Answer.Message message -> converse(message, took, tier);
      case Answer.Vectors vectors -> vectors.body();
      case Answer.Count count -> Json.object().put("inputTokens", count.tokens());
      case Answer.Refusal refusal -> Json.object().put("message", refusal.message());
    };
  }

  /** Says in which tier a call was served. */
  static void tier(ObjectNode body, Optional<String> tier) {
    tier.ifPresent(name -> body.putObject("serviceTier").put("type", name));
  }

  static ObjectNode usage(Usage usage) {
    ObjectNode node =
        Json.object()
            .put("inputTokens", usage.input())
            .put("outputTokens", usage.output())
            .put("totalTokens", usage.total());
    if (usage.cacheRead() + usage.cacheWrite() > 0) {
      node.put("cacheReadInputTokens", usage.cacheRead());
      node.put("cacheWriteInputTokens", usage.cacheWrite());
      ArrayNode details = node.putArray("cacheDetails");
      detail(details, "1h", usage.cacheWriteHour());
      detail(details, "5m", usage.cacheWrite() - usage.cacheWriteHour());
    }
    return node;
  }

  private static void detail(ArrayNode details, String ttl, long tokens) {
    if (tokens > 0) {
      details.addObject().put("ttl", ttl).put("inputTokens", tokens);
    }
  }

  private static ObjectNode converse(Answer.Message message, Duration took, Optional<String> tier) {
    ObjectNode body = Json.object();
    body.putObject("metrics").put("latencyMs", took.toMillis());
    ObjectNode said = body.putObject("output").putObject("message");
    ArrayNode content = said.putArray("content");
    said.put("role", "assistant");
    for (Block block : message.blocks()) {
      switch (block) {
        case Block.Text text -> content.addObject().put("text", text.text());
        case Block.ToolUse use -> {
          ObjectNode node = content.addObject().putObject("toolUse");
          node.set("input", use.input());
          node.put("name", use.name()).put("toolUseId", use.id());
        }
      }
    }
    body.put("stopReason", message.stopReason());
    body.set("usage", usage(message.usage()));
    tier(body, tier);
    return body;
  }
}
