/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

import io.streambed.schemas.TokenUsage;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.List;

/**
 * What calls of a model cost since a day, in one tier, through one kind of profile. Money is in
 * pico-dollars (10⁻¹² USD); sums that a long cannot hold (9.2 million dollars) stop at its largest
 * value.
 *
 * @param row name of the row of the price table
 * @param effectiveFrom first day (UTC) on which it is in force
 * @param rates of a call, unless its input is longer than the first step says
 * @param longContext other rates for long input, the shortest first
 */
public record Price(String row, LocalDate effectiveFrom, Rates rates, List<Step> longContext) {

  /**
   * Rates that are those of a call as a whole, its answer included, where its input is long.
   *
   * @param above tokens of input, those from and to the prompt cache included, that it must exceed
   */
  public record Step(long above, Rates rates) {}

  /**
   * Input tokens that nobody sent and that are billed all the same: the model's own framing of
   * messages, and its instructions for using tools, at most 700 tokens by the provider's tables.
   */
  static final long HIDDEN_INPUT_TOKENS = 1_000;

  public Price {
    longContext = List.copyOf(longContext);
  }

  /** The exact cost of a call. */
  public long costOf(TokenUsage usage) {
    return saturated(ratesOf(usage).costOf(usage));
  }

  /**
   * What the prompt cache saved on a call: the discount of what was read from it, less what writing
   * to it cost beyond the price of input. Below zero where it cost more than it saved.
   */
  public long promptCacheSavingOf(TokenUsage usage) {
    return saturated(ratesOf(usage).savingOf(usage));
  }

  /**
   * The most that a call can cost whose outcome is lost. A token is at least one byte of UTF-8, so
   * bytes bound the tokens of text, and those of an image, which is far larger than its tokens.
   * They do not bound what is not in them or packed: of a file in S3 and of a compressed document
   * (PDF, Office) the allowance is its bytes, which it can exceed.
   *
   * @param inputBytes bytes of the request's content
   * @param maxTokens most tokens of the answer; 0 for embeddings
   */
  public long upperBound(long inputBytes, long maxTokens) {
    BigInteger input =
        BigInteger.valueOf(Math.max(0, inputBytes)).add(BigInteger.valueOf(HIDDEN_INPUT_TOKENS));
    BigInteger output = BigInteger.valueOf(Math.max(0, maxTokens));
    BigInteger bound = bound(rates, input, output);
    for (Step step : longContext) {
      if (input.compareTo(BigInteger.valueOf(step.above())) > 0) {
        bound = bound.max(bound(step.rates(), input, output));
      }
    }
    return saturated(bound);
  }

  /** This price times a factor. */
  Price times(BigDecimal factor) {
    return new Price(
        row,
        effectiveFrom,
        rates.times(factor),
        longContext.stream()
            .map(step -> new Step(step.above(), step.rates().times(factor)))
            .toList());
  }

  private static BigInteger bound(Rates rates, BigInteger input, BigInteger output) {
    return input
        .multiply(BigInteger.valueOf(rates.dearestInput()))
        .add(output.multiply(BigInteger.valueOf(rates.outputPicos())));
  }

  private Rates ratesOf(TokenUsage usage) {
    BigInteger input =
        BigInteger.valueOf(usage.getInputTokens())
            .add(BigInteger.valueOf(usage.getCacheReadInputTokens()))
            .add(BigInteger.valueOf(usage.getCacheWriteInputTokens()));
    Rates found = rates;
    for (Step step : longContext) {
      if (input.compareTo(BigInteger.valueOf(step.above())) > 0) {
        found = step.rates();
      }
    }
    return found;
  }

  private static long saturated(BigInteger picos) {
    if (picos.bitLength() < Long.SIZE) {
      return picos.longValue();
    }
    return picos.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
  }
}
