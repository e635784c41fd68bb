/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.bedrock;

import io.streambed.schemas.CachePointBlock;
import io.streambed.schemas.ContentBlock;
import io.streambed.schemas.Message;
import io.streambed.schemas.ReasoningBlock;
import io.streambed.schemas.Role;
import io.streambed.schemas.SystemBlock;
import io.streambed.schemas.ToolResultBlock;
import io.streambed.schemas.ToolResultContent;
import io.streambed.schemas.ToolResultStatus;
import io.streambed.schemas.ToolUseBlock;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.CachePointType;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock.Type;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ReasoningContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultContentBlock;

/**
 * Messages as Converse takes them. Whatever {@link io.streambed.processors.model.RequestRules} lets
 * through can be mapped; anything else is an IllegalArgumentException.
 */
final class OutgoingContent {

  private OutgoingContent() {}

  static software.amazon.awssdk.services.bedrockruntime.model.Message message(Message message) {
    return software.amazon.awssdk.services.bedrockruntime.model.Message.builder()
        .role(role(message.getRole()))
        .content(message.getContent().stream().map(OutgoingContent::block).toList())
        .build();
  }

  static SystemContentBlock system(SystemBlock block) {
    return block
        .getText()
        .map(SystemContentBlock::fromText)
        .or(() ->
            block.getCachePoint().map(it -> SystemContentBlock.fromCachePoint(cachePoint(it))))
        .orElseThrow(() -> new IllegalArgumentException("a system block of no known kind"));
  }

  static software.amazon.awssdk.services.bedrockruntime.model.CachePointBlock cachePoint(
      CachePointBlock block) {
    return software.amazon.awssdk.services.bedrockruntime.model.CachePointBlock.builder()
        .type(CachePointType.DEFAULT)
        .ttl(block.getTtl().orElse(null))
        .build();
  }

  private static ConversationRole role(Role role) {
    return switch (role) {
      case USER -> ConversationRole.USER;
      case ASSISTANT -> ConversationRole.ASSISTANT;
      case UNKNOWN -> throw new IllegalArgumentException("a message of no known role");
    };
  }

  private static software.amazon.awssdk.services.bedrockruntime.model.ContentBlock block(
      ContentBlock block) {
    var out = software.amazon.awssdk.services.bedrockruntime.model.ContentBlock.builder();
    block.getText().ifPresent(out::text);
    block.getImage().ifPresent(image -> out.image(MediaBlocks.toBedrock(image)));
    block.getDocument().ifPresent(document -> out.document(MediaBlocks.toBedrock(document)));
    block.getToolUse().ifPresent(use -> out.toolUse(toolUse(use)));
    block.getToolResult().ifPresent(result -> out.toolResult(toolResult(result)));
    block.getReasoning().ifPresent(reasoning -> out.reasoningContent(reasoning(reasoning)));
    block.getCachePoint().ifPresent(point -> out.cachePoint(cachePoint(point)));
    var built = out.build();
    // The SDK says so of a block with no field, and of one with several.
    if (built.type() == Type.UNKNOWN_TO_SDK_VERSION) {
      throw new IllegalArgumentException("a content block that is not of one known kind");
    }
    return built;
  }

  private static software.amazon.awssdk.services.bedrockruntime.model.ToolUseBlock toolUse(
      ToolUseBlock use) {
    return software.amazon.awssdk.services.bedrockruntime.model.ToolUseBlock.builder()
        .toolUseId(use.getToolUseId())
        .name(use.getName())
        .input(JsonDocuments.parse(use.getInput()))
        .build();
  }

  private static software.amazon.awssdk.services.bedrockruntime.model.ToolResultBlock toolResult(
      ToolResultBlock result) {
    return software.amazon.awssdk.services.bedrockruntime.model.ToolResultBlock.builder()
        .toolUseId(result.getToolUseId())
        .content(result.getContent().stream().map(OutgoingContent::toolContent).toList())
        .status(result.getStatus().map(OutgoingContent::status).orElse(null))
        .build();
  }

  private static String status(ToolResultStatus status) {
    return switch (status) {
      case SUCCESS -> "success";
      case ERROR -> "error";
      case UNKNOWN -> throw new IllegalArgumentException("a tool result of no known status");
    };
  }

  private static ToolResultContentBlock toolContent(ToolResultContent content) {
    return content
        .getText()
        .map(ToolResultContentBlock::fromText)
        .or(() ->
            content
                .getJson()
                .map(json -> ToolResultContentBlock.fromJson(JsonDocuments.parse(json))))
        .or(() ->
            content
                .getImage()
                .map(image -> ToolResultContentBlock.fromImage(MediaBlocks.toBedrock(image))))
        .or(() ->
            content
                .getDocument()
                .map(it -> ToolResultContentBlock.fromDocument(MediaBlocks.toBedrock(it))))
        .orElseThrow(() -> new IllegalArgumentException("tool content of no known kind"));
  }

  private static ReasoningContentBlock reasoning(ReasoningBlock reasoning) {
    return reasoning
        .getRedacted()
        .map(bytes -> SdkBytes.fromByteBuffer(bytes.duplicate()))
        .map(ReasoningContentBlock::fromRedactedContent)
        .orElseGet(() ->
            ReasoningContentBlock.fromReasoningText(text ->
                text.text(reasoning.getText().orElse(null))
                    .signature(reasoning.getSignature().orElse(null))));
  }
}
