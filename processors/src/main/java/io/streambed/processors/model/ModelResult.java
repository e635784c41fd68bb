/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

import io.streambed.schemas.ContentBlock;
import io.streambed.schemas.TokenUsage;
import java.util.List;
import java.util.Optional;

/** How a call ended. */
public sealed interface ModelResult {

  /** The class of service that the answer says it was served in, in the provider's word. */
  Optional<String> servedTier();

  /**
   * A prompt was answered.
   *
   * @param stopReason the provider's word, such as {@code end_turn}; it may be one that is not
   *     known here
   * @param additionalFields extra fields of the model's own answer, JSON
   */
  record PromptAnswered(
      List<ContentBlock> content,
      String stopReason,
      Optional<String> additionalFields,
      TokenUsage usage,
      Optional<String> servedTier)
      implements ModelResult {
    public PromptAnswered {
      content = List.copyOf(content);
    }

    /** An answer that does not say in which class of service it was served. */
    public PromptAnswered(
        List<ContentBlock> content,
        String stopReason,
        Optional<String> additionalFields,
        TokenUsage usage) {
      this(content, stopReason, additionalFields, usage, Optional.empty());
    }

    @Override
    public String toString() {
      return "PromptAnswered[" + stopReason + "]";
    }
  }

  /**
   * Texts were embedded.
   *
   * @param vectors one a text, in the order of the call
   * @param usage tokens of the whole call
   * @param estimated whether the tokens are an estimate because the provider gave none
   */
  record TextsEmbedded(List<Vector> vectors, TokenUsage usage, boolean estimated)
      implements ModelResult {
    public TextsEmbedded {
      vectors = List.copyOf(vectors);
    }

    /** Embedding models are served in the default class only, and do not say so. */
    @Override
    public Optional<String> servedTier() {
      return Optional.empty();
    }

    @Override
    public String toString() {
      return "TextsEmbedded[" + vectors.size() + "]";
    }
  }

  /**
   * The call failed.
   *
   * @param message what happened and what to do, for a person; holds nothing of the request and
   *     nothing of the provider's own text that could
   * @param field the request's field at fault, where it is known
   * @param usage tokens that the provider counted all the same; zeros where it gave none
   */
  record Failed(
      CallFailure reason,
      String message,
      Optional<String> field,
      TokenUsage usage,
      Optional<String> servedTier)
      implements ModelResult {

    private static final TokenUsage NO_TOKENS = new TokenUsage(0L, 0L, 0L, 0L, 0L);

    /** A failure that does not say in which class of service it was served. */
    public Failed(CallFailure reason, String message, Optional<String> field, TokenUsage usage) {
      this(reason, message, field, usage, Optional.empty());
    }

    /** Whether the model may have done its work and nobody knows what it took. */
    public boolean isLost() {
      return reason.mayBeBilled() && usage.equals(NO_TOKENS);
    }

    /** A failure without a field and without tokens. */
    public static Failed of(CallFailure reason, String message) {
      return new Failed(reason, message, Optional.empty(), NO_TOKENS);
    }
  }
}
