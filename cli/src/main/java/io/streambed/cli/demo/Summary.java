/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.demo;

import io.streambed.cli.show.Money;
import io.streambed.cli.show.Table;
import io.streambed.local.bedrock.ledger.LedgerSummary;
import io.streambed.schemas.UsageEvent;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The table at the end: what became of the requests, and what the platform and the stand-in say of
 * the calls.
 */
final class Summary {
  private Summary() {}

  static List<String> of(Tally tally, List<UsageEvent> usage, LedgerSummary ledger) {
    Map<String, Integer> outcomes = new TreeMap<>();
    usage.forEach(event -> outcomes.merge(event.getOutcome().name(), 1, Integer::sum));
    long estimated = usage.stream().filter(UsageEvent::getEstimated).count();
    long spent = usage.stream().mapToLong(UsageEvent::getCostPicoDollars).sum();
    return new Table()
        .row("results", count(tally.results()), "", list(tally.results()))
        .row("dead letters", count(tally.deadLetters()), "", list(tally.deadLetters()))
        .row(
            "calls, by usage-events",
            Integer.toString(usage.size()),
            Money.dollars(spent),
            list(outcomes) + (estimated == 0 ? "" : "; tokens estimated for " + estimated))
        .row(
            "calls, by the stand-in",
            Long.toString(ledger.calls()),
            Money.dollars(ledger.picoDollars()),
            "answered %d, refused %d".formatted(ledger.answered(), ledger.refused()))
        .lines();
  }

  private static String count(Map<String, Integer> counts) {
    return Integer.toString(Tally.sum(counts));
  }

  private static String list(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }
}
