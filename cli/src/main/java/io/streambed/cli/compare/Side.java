/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.compare;

import io.streambed.cli.settlement.Settlement;
import io.streambed.schemas.ContentBlock;
import io.streambed.schemas.EmbeddingResult;
import io.streambed.schemas.PromptResult;
import io.streambed.schemas.TokenUsage;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a request was settled, as far as it is compared.
 *
 * @param failure the dead letter's code; absent for an answer
 * @param stopReason the provider's word; empty for a text or a dead letter
 * @param costPicoDollars what the call cost that made the answer, whoever paid for it
 * @param modelMillis milliseconds that the call took
 * @param settlement what it was taken from
 */
public record Side(
    Optional<String> failure,
    String stopReason,
    long inputTokens,
    long outputTokens,
    long costPicoDollars,
    long modelMillis,
    Settlement settlement) {

  /** Of a settlement. */
  public static Side of(Settlement settlement) {
    long input = settlement.usage().map(Side::input).orElse(0L);
    long output = settlement.usage().map(TokenUsage::getOutputTokens).orElse(0L);
    return switch (settlement) {
      case Settlement.Answered(PromptResult value) ->
          new Side(
              Optional.empty(),
              value.getStopReason(),
              input,
              output,
              cost(value.getCostPicoDollars(), value.getSavedPicoDollars()),
              value.getModelMillis(),
              settlement);
      case Settlement.Embedded(EmbeddingResult value) ->
          new Side(
              Optional.empty(),
              "",
              input,
              output,
              cost(value.getCostPicoDollars(), value.getSavedPicoDollars()),
              value.getModelMillis(),
              settlement);
      case Settlement.Dead dead ->
          new Side(
              Optional.of(dead.outcome()), "", 0, 0, settlement.costPicoDollars(), 0, settlement);
    };
  }

  private static long input(TokenUsage usage) {
    return usage.getInputTokens()
        + usage.getCacheReadInputTokens()
        + usage.getCacheWriteInputTokens();
  }

  private static long cost(long paid, long saved) {
    return paid > 0 ? paid : saved;
  }

  /** Whether it is an answer. */
  public boolean isAnswer() {
    return failure.isEmpty();
  }

  /** Whether two answers say exactly the same. */
  public boolean saysTheSameAs(Side other) {
    return switch (settlement) {
      case Settlement.Answered(PromptResult value) ->
          other.settlement instanceof Settlement.Answered(PromptResult its)
              && value.getContent().equals(its.getContent());
      case Settlement.Embedded(EmbeddingResult value) ->
          other.settlement instanceof Settlement.Embedded(EmbeddingResult its)
              && value.getVector().equals(its.getVector())
              && value.getPackedVector().equals(its.getPackedVector());
      case Settlement.Dead dead -> false;
    };
  }

  /** The text of an answer to a prompt; empty where it has none. */
  public String text() {
    return settlement instanceof Settlement.Answered(PromptResult value)
        ? value.getContent().stream()
            .map(ContentBlock::getText)
            .flatMap(Optional::stream)
            .collect(Collectors.joining("\n"))
        : "";
  }

  /** The vector of a text; empty for anything else. */
  public List<Float> vector() {
    return settlement instanceof Settlement.Embedded(EmbeddingResult value)
        ? value.getVector()
        : List.of();
  }

  /** Without the answer: it is somebody's private text. */
  @Override
  public String toString() {
    return "Side[" + settlement + "]";
  }
}
