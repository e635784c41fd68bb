/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.replay;

import io.streambed.processors.admission.Request;
import io.streambed.schemas.CachePolicy;
import io.streambed.schemas.EmbeddingRequest;
import io.streambed.schemas.InferenceParameters;
import io.streambed.schemas.Priority;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.ReplayChanges;
import io.streambed.schemas.SystemBlock;
import java.util.List;
import java.util.Optional;

/**
 * What a run asks otherwise than it was asked. Whatever else is changed, a replayed request is of
 * class BACKGROUND and has no deadline, which would have passed, and goes by the id of its
 * settlement.
 */
public record Changes(ReplayChanges given) {

  /** A change that the request's kind does not have, by the option's name. */
  public Optional<String> misfit(Request request) {
    return switch (request) {
      case Request.Prompt prompt ->
          given.getDimensions().map(it -> "--dimensions is for texts, and this is a prompt");
      case Request.Text text ->
          isForPrompts()
              ? Optional.of(
                  "--system, --max-tokens, --temperature, --top-p and --effort are for prompts, and"
                      + " this is a text")
              : Optional.empty();
    };
  }

  private boolean isForPrompts() {
    return given.getSystem().isPresent() || changesInference();
  }

  private boolean changesInference() {
    return given.getMaxTokens().isPresent()
        || given.getTemperature().isPresent()
        || given.getTopP().isPresent()
        || given.getEffort().isPresent();
  }

  /** The request as it is asked now. */
  public Request apply(Recorded recorded) {
    return switch (recorded.request()) {
      case Request.Prompt(PromptRequest prompt) -> new Request.Prompt(prompt(recorded, prompt));
      case Request.Text(EmbeddingRequest text) -> new Request.Text(text(recorded, text));
    };
  }

  private PromptRequest prompt(Recorded recorded, PromptRequest prompt) {
    PromptRequest.Builder changed =
        PromptRequest.newBuilder(prompt)
            .setId(recorded.id())
            .setPriority(Priority.BACKGROUND)
            .setDeadline(null)
            .setCachePolicy(policy(prompt.getCachePolicy()));
    given.getModel().ifPresent(changed::setModel);
    given
        .getSystem()
        .ifPresent(
            text -> changed.setSystem(List.of(SystemBlock.newBuilder().setText(text).build())));
    if (changesInference()) {
      changed.setInference(
          inference(
              prompt
                  .getInference()
                  .map(InferenceParameters::newBuilder)
                  .orElseGet(InferenceParameters::newBuilder)));
    }
    return changed.build();
  }

  private InferenceParameters inference(InferenceParameters.Builder inference) {
    given.getMaxTokens().ifPresent(inference::setMaxTokens);
    given.getTemperature().ifPresent(inference::setTemperature);
    given.getTopP().ifPresent(inference::setTopP);
    given.getEffort().ifPresent(inference::setEffort);
    return inference.build();
  }

  private EmbeddingRequest text(Recorded recorded, EmbeddingRequest text) {
    EmbeddingRequest.Builder changed =
        EmbeddingRequest.newBuilder(text)
            .setId(recorded.id())
            .setPriority(Priority.BACKGROUND)
            .setDeadline(null)
            .setCachePolicy(policy(text.getCachePolicy()));
    given.getModel().ifPresent(changed::setModel);
    given.getDimensions().ifPresent(changed::setDimensions);
    return changed.build();
  }

  private CachePolicy policy(CachePolicy recorded) {
    return given.getCachePolicy().orElse(recorded);
  }

  /** Without the system prompt. */
  @Override
  public String toString() {
    return "Changes[]";
  }
}
