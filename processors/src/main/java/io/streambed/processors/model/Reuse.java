/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

import io.streambed.schemas.ContentBlock;
import io.streambed.schemas.DocumentBlock;
import io.streambed.schemas.GuardrailConfiguration;
import io.streambed.schemas.ImageBlock;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.ToolResultBlock;
import io.streambed.schemas.ToolResultContent;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether a prompt's answer may serve other requests with equal content. Repeating one request's
 * own settlement is another matter and always allowed.
 *
 * <p>Not asked here: the sampling temperature. Newer models take none and no setting makes a model
 * deterministic, so whoever asks with cache policy USE has said that an earlier answer will do.
 */
public final class Reuse {

  // Any other reason says that the answer is cut, filtered, broken, or asks for a tool to be run.
  private static final Set<String> COMPLETE = Set.of("end_turn", "stop_sequence");

  private static final String DRAFT = "DRAFT";

  private Reuse() {}

  /**
   * Whether the answer is complete, and nothing that shaped it can change behind its name: a draft
   * of a guardrail can, and so can a file in S3.
   *
   * @param stopReason the provider's word
   */
  public static boolean allowed(PromptRequest prompt, String stopReason) {
    return COMPLETE.contains(stopReason) && !draft(prompt.getGuardrail()) && !readsFromS3(prompt);
  }

  private static boolean draft(Optional<GuardrailConfiguration> guardrail) {
    return guardrail.filter(it -> it.getVersion().equalsIgnoreCase(DRAFT)).isPresent();
  }

  private static boolean readsFromS3(PromptRequest prompt) {
    return prompt.getMessages().stream()
        .flatMap(message -> message.getContent().stream())
        .anyMatch(Reuse::fromS3);
  }

  private static boolean fromS3(ContentBlock block) {
    Stream<ImageBlock> images =
        Stream.concat(
            block.getImage().stream(),
            results(block).flatMap(content -> content.getImage().stream()));
    Stream<DocumentBlock> documents =
        Stream.concat(
            block.getDocument().stream(),
            results(block).flatMap(content -> content.getDocument().stream()));
    return images.anyMatch(image -> image.getS3().isPresent())
        || documents.anyMatch(document -> document.getS3().isPresent());
  }

  private static Stream<ToolResultContent> results(ContentBlock block) {
    return block.getToolResult().map(ToolResultBlock::getContent).orElse(List.of()).stream();
  }
}
