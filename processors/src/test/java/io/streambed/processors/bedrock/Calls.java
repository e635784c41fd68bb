/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.bedrock;

import io.streambed.processors.model.Lane;
import io.streambed.processors.model.ModelCall.EmbeddingCall;
import io.streambed.processors.model.ModelCall.PromptCall;
import io.streambed.schemas.ContentBlock;
import io.streambed.schemas.EmbeddingRequest;
import io.streambed.schemas.Message;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.Role;
import java.util.List;
import java.util.stream.Stream;

/** Calls for tests. */
final class Calls {

  static final Lane CHAT = new Lane("us.anthropic.claude-haiku-4-5-20251001-v1:0", "us-east-1", 10);
  static final Lane TITAN = new Lane("amazon.titan-embed-text-v2:0", "us-east-1", 10);
  static final Lane COHERE = new Lane("cohere.embed-english-v3", "us-east-1", 10);

  private Calls() {}

  static PromptCall prompt(String text) {
    return prompt(CHAT, asking(text).build());
  }

  static PromptCall prompt(Lane lane, PromptRequest request) {
    return new PromptCall("attempt-1", lane, "acme", request, 200);
  }

  static PromptRequest.Builder asking(String text) {
    return PromptRequest.newBuilder()
        .setModel("chat")
        .setMessages(List.of(new Message(Role.USER, List.of(text(text)))));
  }

  static ContentBlock text(String text) {
    return ContentBlock.newBuilder().setText(text).build();
  }

  static EmbeddingCall embedding(Lane lane, String... texts) {
    return new EmbeddingCall(
        "attempt-1", lane, "acme", Stream.of(texts).map(text -> embedding(text).build()).toList());
  }

  static EmbeddingRequest.Builder embedding(String text) {
    return EmbeddingRequest.newBuilder().setModel("embed").setText(text);
  }
}
