/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.spend;

import io.streambed.schemas.CallOutcome;
import io.streambed.schemas.TokenUsage;
import io.streambed.schemas.UsageEvent;

/**
 * What calls took together; money in pico-dollars (10⁻¹² USD).
 *
 * @param calls all calls, failed and lost ones too
 * @param unpriced those of models without a price; their tokens count, their money is unknown
 * @param inputTokens tokens read, without those from or to the prompt cache
 * @param outputTokens tokens written
 * @param cacheReadTokens tokens read from the prompt cache
 * @param cacheWriteTokens tokens written to it
 * @param spent money of the calls whose end is known
 * @param atMost the most that calls can have cost beyond that whose end was lost
 * @param cached answers that were kept from an earlier call
 * @param savedByCache money that those calls had cost
 * @param coalesced answers of calls that were in flight for an equal request
 * @param savedByCoalescing money that those calls cost
 * @param savedByPromptCache money that the models' prompt cache has saved: the discount of what was
 *     read from it, less what writing to it cost more; below zero where that was more
 */
public record Sum(
    long calls,
    long unpriced,
    long inputTokens,
    long outputTokens,
    long cacheReadTokens,
    long cacheWriteTokens,
    long spent,
    long atMost,
    long cached,
    long savedByCache,
    long coalesced,
    long savedByCoalescing,
    long savedByPromptCache) {

  static final Sum NOTHING = new Sum(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** One call. */
  static Sum of(UsageEvent event) {
    TokenUsage usage = event.getUsage();
    boolean lost = event.getOutcome() == CallOutcome.POSSIBLY_BILLED;
    return new Sum(
        1,
        event.getPriceEffectiveFrom().isEmpty() ? 1 : 0,
        usage.getInputTokens(),
        usage.getOutputTokens(),
        usage.getCacheReadInputTokens(),
        usage.getCacheWriteInputTokens(),
        lost ? 0 : event.getCostPicoDollars(),
        lost ? event.getCostPicoDollars() : 0,
        0,
        0,
        0,
        0,
        event.getPromptCacheSavingPicoDollars());
  }

  /** An answer that was kept, and what its call had cost. */
  static Sum ofCached(long saved) {
    return new Sum(0, 0, 0, 0, 0, 0, 0, 0, 1, saved, 0, 0, 0);
  }

  /** An answer of another request's call, and what that cost. */
  static Sum ofCoalesced(long saved) {
    return new Sum(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, saved, 0);
  }

  Sum plus(Sum other) {
    return new Sum(
        calls + other.calls,
        unpriced + other.unpriced,
        inputTokens + other.inputTokens,
        outputTokens + other.outputTokens,
        cacheReadTokens + other.cacheReadTokens,
        cacheWriteTokens + other.cacheWriteTokens,
        spent + other.spent,
        atMost + other.atMost,
        cached + other.cached,
        savedByCache + other.savedByCache,
        coalesced + other.coalesced,
        savedByCoalescing + other.savedByCoalescing,
        savedByPromptCache + other.savedByPromptCache);
  }
}
