/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.bedrock;

import io.streambed.schemas.ContentBlock;
import io.streambed.schemas.ReasoningBlock;
import io.streambed.schemas.ToolUseBlock;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.bedrockruntime.model.CitationGeneratedContent;
import software.amazon.awssdk.services.bedrockruntime.model.CitationsContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ReasoningContentBlock;

/** Blocks of an answer as our records hold them. */
final class IncomingContent {

  private IncomingContent() {}

  /** Empty where the block is of a kind that our records cannot hold. */
  static Optional<ContentBlock> block(
      software.amazon.awssdk.services.bedrockruntime.model.ContentBlock block) {
    return switch (block.type()) {
      case TEXT -> text(block.text());
      case IMAGE ->
          MediaBlocks.fromBedrock(block.image())
              .map(image -> ContentBlock.newBuilder().setImage(image).build());
      case DOCUMENT ->
          MediaBlocks.fromBedrock(block.document())
              .map(document -> ContentBlock.newBuilder().setDocument(document).build());
      case TOOL_USE -> toolUse(block.toolUse());
      case REASONING_CONTENT -> reasoning(block.reasoningContent());
      case CITATIONS_CONTENT -> text(generated(block.citationsContent()));
      case VIDEO,
          AUDIO,
          TOOL_RESULT,
          GUARD_CONTENT,
          CACHE_POINT,
          SEARCH_RESULT,
          TOOL_ADDITION,
          TOOL_REMOVAL,
          UNKNOWN_TO_SDK_VERSION ->
          Optional.empty();
    };
  }

  private static Optional<ContentBlock> text(String text) {
    return Optional.of(ContentBlock.newBuilder().setText(text).build());
  }

  /** The answer's text; where each piece was taken from is not kept. */
  private static String generated(CitationsContentBlock citations) {
    return citations.content().stream()
        .map(CitationGeneratedContent::text)
        .collect(Collectors.joining());
  }

  private static Optional<ContentBlock> toolUse(
      software.amazon.awssdk.services.bedrockruntime.model.ToolUseBlock use) {
    if (use.toolUseId() == null || use.name() == null) {
      return Optional.empty();
    }
    String input = use.input() == null ? "{}" : JsonDocuments.print(use.input());
    return Optional.of(
        ContentBlock.newBuilder()
            .setToolUse(new ToolUseBlock(use.toolUseId(), use.name(), input))
            .build());
  }

  private static Optional<ContentBlock> reasoning(ReasoningContentBlock reasoning) {
    ReasoningBlock.Builder out = ReasoningBlock.newBuilder();
    switch (reasoning.type()) {
      case REASONING_TEXT ->
          out.setText(reasoning.reasoningText().text())
              .setSignature(reasoning.reasoningText().signature());
      case REDACTED_CONTENT -> out.setRedacted(reasoning.redactedContent().asByteBuffer());
      case UNKNOWN_TO_SDK_VERSION -> {
        return Optional.empty();
      }
    }
    return Optional.of(ContentBlock.newBuilder().setReasoning(out.build()).build());
  }
}
