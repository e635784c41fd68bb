/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.service;

import io.streambed.schemas.ContentBlock;
import io.streambed.schemas.InferenceParameters;
import io.streambed.schemas.Message;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.Role;
import java.util.List;
import java.util.Random;

/** Made-up prompts: equal numbers give equal prompts, and no two numbers the same. */
public final class Prompts {
  private static final List<String> WORDS =
      List.of(
          "river",
          "valley",
          "sediment",
          "meander",
          "gravel",
          "channel",
          "delta",
          "spring",
          "flood",
          "current",
          "basin",
          "erosion",
          "tributary",
          "estuary",
          "terrace",
          "bedrock",
          "canyon");

  private static final int MAX_TOKENS = 400;

  private Prompts() {}

  /** The text of a prompt. */
  public static String text(int number, int bytes, int answerWords) {
    Random random = new Random(number);
    StringBuilder text = new StringBuilder(bytes + 16);
    text.append("Note ").append(number).append(". Explain in ").append(answerWords);
    text.append(" words what these have in common:");
    while (text.length() < bytes) {
      text.append(' ').append(WORDS.get(random.nextInt(WORDS.size())));
    }
    return text.toString();
  }

  /** A request with that number and prompt. */
  public static PromptRequest request(String id, int number, int prompt, Batch batch) {
    String text = text(prompt, batch.content().promptBytes(), batch.content().answerWords());
    ContentBlock block = ContentBlock.newBuilder().setText(text).build();
    Message message = Message.newBuilder().setRole(Role.USER).setContent(List.of(block)).build();
    PromptRequest.Builder request = PromptRequest.newBuilder();
    int tenant = batch.sender().tenants().of(number);
    if (tenant > 0) {
      request.setTenant(TenantMix.name(tenant));
    }
    return request
        .setId(id)
        .setPriority(batch.sender().priority())
        .setModel(batch.sender().model())
        .setMessages(List.of(message))
        .setInference(InferenceParameters.newBuilder().setMaxTokens(MAX_TOKENS).build())
        .build();
  }
}
