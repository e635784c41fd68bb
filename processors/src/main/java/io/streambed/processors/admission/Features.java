/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

import io.streambed.schemas.ContentBlock;
import io.streambed.schemas.InferenceParameters;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.ToolResultContent;
import io.streambed.schemas.state.Feature;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Tells what a model must be able to do for a request. Pure. */
final class Features {

  private Features() {}

  static List<Feature> of(Request request) {
    return switch (request) {
      case Request.Prompt p -> List.copyOf(of(p.prompt()));
      case Request.Text t -> List.of();
    };
  }

  /** Most tokens in the answer; 0 where the request does not say. */
  static int maxTokens(Request request) {
    return request instanceof Request.Prompt p
        ? p.prompt().getInference().flatMap(InferenceParameters::getMaxTokens).orElse(0)
        : 0;
  }

  private static Set<Feature> of(PromptRequest prompt) {
    Set<Feature> features = EnumSet.noneOf(Feature.class);
    if (prompt.getTools().isPresent()) {
      features.add(Feature.TOOLS);
    }
    if (prompt.getOutputFormat().isPresent()) {
      features.add(Feature.JSON_OUTPUT);
    }
    prompt.getMessages().forEach(message -> message.getContent().forEach(b -> add(b, features)));
    return features;
  }

  private static void add(ContentBlock block, Set<Feature> features) {
    block.getImage().ifPresent(image -> features.add(Feature.IMAGES));
    block.getDocument().ifPresent(document -> features.add(Feature.DOCUMENTS));
    // A turn that used a tool, or was given its result, is one that only such a model can read.
    block.getToolUse().ifPresent(use -> features.add(Feature.TOOLS));
    block
        .getToolResult()
        .ifPresent(result -> {
          features.add(Feature.TOOLS);
          result.getContent().forEach(content -> add(content, features));
        });
  }

  private static void add(ToolResultContent content, Set<Feature> features) {
    content.getImage().ifPresent(image -> features.add(Feature.IMAGES));
    content.getDocument().ifPresent(document -> features.add(Feature.DOCUMENTS));
  }
}
