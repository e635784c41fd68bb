/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import io.streambed.schemas.CachePolicy;
import io.streambed.schemas.ContentBlock;
import io.streambed.schemas.EmbeddingRequest;
import io.streambed.schemas.Message;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.Role;
import java.util.List;

/** Requests for tests. */
final class Requests {

  private Requests() {}

  static PromptRequest prompt(String id, String text) {
    return builder(id, text).build();
  }

  static PromptRequest prompt(String id, String text, CachePolicy policy) {
    return builder(id, text).setCachePolicy(policy).build();
  }

  static PromptRequest prompt(String id, String model, String text) {
    return builder(id, text).setModel(model).build();
  }

  static PromptRequest.Builder builder(String id, String text) {
    return PromptRequest.newBuilder()
        .setId(id)
        .setTenant("acme")
        .setModel("sonnet")
        .setMessages(
            List.of(
                Message.newBuilder()
                    .setRole(Role.USER)
                    .setContent(List.of(ContentBlock.newBuilder().setText(text).build()))
                    .build()));
  }

  static EmbeddingRequest text(String id, String model, String text) {
    return EmbeddingRequest.newBuilder()
        .setId(id)
        .setTenant("acme")
        .setModel(model)
        .setText(text)
        .build();
  }
}
