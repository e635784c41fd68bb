/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.peers.streams;

import io.streambed.processors.model.ModelCall.PromptCall;
import io.streambed.processors.model.ModelResult.PromptAnswered;
import io.streambed.schemas.Message;
import io.streambed.schemas.Role;
import io.streambed.schemas.TokenUsage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;

/** Prompts and answers of text, which are all that the load sends, as Converse has them. */
final class TextConverse {

  private static final String ATTEMPT = "streambed-attempt";

  private TextConverse() {}

  static ConverseRequest request(PromptCall call) {
    return ConverseRequest.builder()
        .modelId(call.lane().modelId())
        .system(
            call.prompt().getSystem().stream()
                .flatMap(block -> block.getText().stream())
                .map(SystemContentBlock::fromText)
                .toList())
        .messages(call.prompt().getMessages().stream().map(TextConverse::message).toList())
        .inferenceConfig(inference -> inference.maxTokens(call.maxTokens()))
        .requestMetadata(Map.of(ATTEMPT, call.attemptId()))
        .build();
  }

  private static software.amazon.awssdk.services.bedrockruntime.model.Message message(
      Message message) {
    List<ContentBlock> content =
        message.getContent().stream()
            .flatMap(block -> block.getText().stream())
            .map(ContentBlock::fromText)
            .toList();
    return software.amazon.awssdk.services.bedrockruntime.model.Message.builder()
        .role(
            message.getRole() == Role.ASSISTANT
                ? ConversationRole.ASSISTANT
                : ConversationRole.USER)
        .content(content)
        .build();
  }

  static PromptAnswered answer(ConverseResponse response) {
    var usage = response.usage();
    return new PromptAnswered(
        response.output().message().content().stream()
            .map(block ->
                io.streambed.schemas.ContentBlock.newBuilder().setText(block.text()).build())
            .toList(),
        response.stopReasonAsString(),
        Optional.empty(),
        new TokenUsage((long) usage.inputTokens(), (long) usage.outputTokens(), 0L, 0L, 0L));
  }
}
