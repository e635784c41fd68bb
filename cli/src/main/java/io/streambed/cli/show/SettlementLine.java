/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.show;

import io.streambed.cli.settlement.Settlement;
import io.streambed.schemas.ContentBlock;
import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.PromptResult;
import io.streambed.schemas.TokenUsage;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;

/** One settlement in one line, in columns of fixed width, so that lines align while they arrive. */
public final class SettlementLine {
  private static final String COLUMNS = "%-28s %-12s %s %13s %11s %9s  %s";
  private static final String OUTCOME = "%-23s";
  private static final int SNIPPET = 60;

  /** Reasons are short by themselves, and say what to do at their end. */
  private static final int REASON = 400;

  private final Colour colour;

  /**
   * @param colour whether lines are coloured
   */
  public SettlementLine(Colour colour) {
    this.colour = colour;
  }

  /** The line above the first. */
  public String heading() {
    return colour.faint(
        COLUMNS
            .formatted(
                "ID", "TENANT", OUTCOME.formatted("OUTCOME"), "TOKENS IN/OUT", "COST", "TOOK", "")
            .stripTrailing());
  }

  /** The line of a settlement: what a result says is cut to a few words. */
  public String of(Settlement settlement) {
    String outcome =
        OUTCOME.formatted(settlement.outcome() + (settlement.repeat() ? " again" : ""));
    return COLUMNS
        .formatted(
            Snippet.of(settlement.id(), 28),
            Snippet.of(settlement.tenant().orElse("-"), 12),
            settlement instanceof Settlement.Dead ? colour.bad(outcome) : colour.good(outcome),
            settlement.usage().map(SettlementLine::tokens).orElse("-"),
            Money.dollars(settlement.costPicoDollars()),
            took(settlement),
            says(settlement))
        .stripTrailing();
  }

  /** Tokens in and out; those of the model's own prompt cache count as in. */
  public static String tokens(TokenUsage usage) {
    long in =
        usage.getInputTokens() + usage.getCacheReadInputTokens() + usage.getCacheWriteInputTokens();
    return in + "/" + usage.getOutputTokens();
  }

  /** The texts of an answer, one after the other; empty where it holds none. */
  public static String text(PromptResult result) {
    return result.getContent().stream()
        .map(ContentBlock::getText)
        .flatMap(Optional::stream)
        .collect(Collectors.joining("\n"));
  }

  private static String took(Settlement settlement) {
    long millis = Duration.between(settlement.requestedAt(), settlement.settledAt()).toMillis();
    return Math.max(0, millis) + " ms";
  }

  private static String says(Settlement settlement) {
    return switch (settlement) {
      case Settlement.Answered answered -> answer(answered.value());
      case Settlement.Embedded embedded ->
          embedded.value().getDimensions()
              + " dimensions, batch of "
              + embedded.value().getBatchSize();
      case Settlement.Dead dead -> reason(dead.value());
    };
  }

  private static String reason(DeadLetter letter) {
    String message = letter.getMessage();
    // A message that begins with the field needs it no second time.
    String field =
        letter
            .getField()
            .filter(name -> !message.startsWith(name))
            .map(name -> name + ": ")
            .orElse("");
    return Snippet.of(field + message, REASON);
  }

  private static String answer(PromptResult result) {
    String text = text(result);
    return text.isEmpty() ? "(" + result.getStopReason() + ")" : Snippet.of(text, SNIPPET);
  }
}
