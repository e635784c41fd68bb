/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.ledger;

import io.streambed.local.bedrock.wire.Usage;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Calls added up.
 *
 * @param calls all calls
 * @param open calls that wait for their answer
 * @param answered calls that were answered whole
 * @param refused calls that were answered with an error
 * @param clientGone calls whose client left before the answer
 * @param broken calls that a fault cut short
 * @param texts texts that were embedded
 * @param usage tokens that were billed
 * @param picoDollars money that was billed, in pico-dollars
 * @param callsByModel calls by model id
 * @param refusedByType errors by name
 * @param attemptsBilledTwice attempts with more than one billed call
 */
public record LedgerSummary(
    long calls,
    long open,
    long answered,
    long refused,
    long clientGone,
    long broken,
    long texts,
    Usage usage,
    long picoDollars,
    Map<String, Long> callsByModel,
    Map<String, Long> refusedByType,
    long attemptsBilledTwice) {

  static LedgerSummary of(Collection<LedgerEntry> entries) {
    Sums sums = new Sums();
    entries.forEach(sums::add);
    return new LedgerSummary(
        entries.size(),
        sums.open,
        sums.answered,
        sums.refused,
        sums.clientGone,
        sums.broken,
        sums.texts,
        sums.usage,
        sums.picoDollars,
        sums.callsByModel,
        sums.refusedByType,
        sums.billedByAttempt.values().stream().filter(billed -> billed > 1).count());
  }

  private static final class Sums {
    private long open;
    private long answered;
    private long refused;
    private long clientGone;
    private long broken;
    private long texts;
    private Usage usage = Usage.NONE;
    private long picoDollars;
    private final Map<String, Long> callsByModel = new TreeMap<>();
    private final Map<String, Long> refusedByType = new TreeMap<>();
    private final Map<String, Integer> billedByAttempt = new HashMap<>();

    private void add(LedgerEntry entry) {
      callsByModel.merge(entry.facts().modelId(), 1L, Long::sum);
      usage = usage.plus(entry.outcome().usage());
      picoDollars += entry.outcome().picoDollars();
      switch (entry.outcome()) {
        case CallOutcome.Open() -> open++;
        case CallOutcome.Answered done -> {
          answered++;
          texts += done.texts();
          billed(entry);
        }
        case CallOutcome.Refused no -> {
          refused++;
          refusedByType.merge(no.errorType(), 1L, Long::sum);
        }
        case CallOutcome.ClientGone gone -> {
          clientGone++;
          texts += gone.texts();
          billed(entry);
        }
        case CallOutcome.Broken cut -> broken++;
      }
    }

    private void billed(LedgerEntry entry) {
      entry.facts().attemptId().ifPresent(id -> billedByAttempt.merge(id, 1, Integer::sum));
    }
  }
}
