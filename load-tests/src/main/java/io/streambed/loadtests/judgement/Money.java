/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.judgement;

import io.streambed.loadtests.judgement.Usage.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was paid against what was told, attempt by attempt. An attempt is known by its usage event:
 * answered, failed, or possibly billed where a crash or a move has lost what became of it.
 */
final class Money {
  private final Evidence evidence;
  private final Map<String, Long> calls = new HashMap<>();
  private final Map<String, Long> billedCalls = new HashMap<>();
  private final Map<String, Long> billed = new HashMap<>();
  private final Map<String, Long> told = new HashMap<>();
  private final Set<String> settled = new HashSet<>();
  private final Set<String> possibly;
  private long anonymous;

  Money(Evidence evidence) {
    this.evidence = evidence;
    for (Call call : evidence.calls()) {
      if (call.attempt().isEmpty()) {
        anonymous++;
        continue;
      }
      String attempt = call.attempt().get();
      calls.merge(attempt, 1L, Long::sum);
      billed.merge(attempt, call.costPicos(), Long::sum);
      billedCalls.merge(attempt, call.billed() ? 1L : 0L, Long::sum);
    }
    for (Usage usage : evidence.usage()) {
      if (usage.outcome() != Outcome.POSSIBLY_BILLED) {
        settled.add(usage.attempt());
        told.merge(usage.attempt(), usage.costPicos(), Long::sum);
      }
    }
    this.possibly = Judgement.attempts(evidence.usage(), Outcome.POSSIBLY_BILLED);
  }

  List<Finding> findings() {
    Set<String> unsettled = Judgement.minus(calls.keySet(), settled);
    return List.of(
        Finding.fact("re-sent", "calls whose answer was lost and that were made again", unsettled),
        Finding.fault(
            "unknown calls",
            "calls received that are neither settled nor told as possibly billed",
            Judgement.minus(unsettled, possibly)),
        Finding.fault("calls without attempt", "calls received that name no attempt", anonymous()),
        Finding.fault(
            "paid twice", "settled attempts for which money was taken more than once", paidTwice()),
        Finding.fault("told twice", "attempts with more than one usage event", toldTwice()),
        Finding.fault(
            "mis-billed", "answered attempts whose usage event differs from the bill", misBilled()),
        Finding.fault(
            "failed and billed",
            "failed attempts that cost money although their usage event says otherwise",
            failedAndBilled()),
        Finding.fault(
            "settled without a bill",
            "results of attempts for which there is no usage event",
            resultsWithoutEvent()),
        Finding.fault(
            "under-estimated",
            "attempts possibly billed whose bill is above the bound that was told",
            underEstimated()),
        Finding.fact(
            "possibly billed and not received",
            "attempts told as possibly billed of which the stand-in knows nothing",
            Judgement.minus(possibly, calls.keySet())));
  }

  private List<String> anonymous() {
    List<String> all = new ArrayList<>();
    for (long n = 1; n <= anonymous; n++) {
      all.add("call without attempt " + n);
    }
    return all;
  }

  private List<String> paidTwice() {
    return settled.stream().filter(attempt -> billedCalls.getOrDefault(attempt, 0L) > 1).toList();
  }

  private List<String> toldTwice() {
    Map<String, Integer> events = new HashMap<>();
    evidence.usage().forEach(usage -> events.merge(usage.attempt(), 1, Integer::sum));
    return events.entrySet().stream()
        .filter(entry -> entry.getValue() > 1)
        .map(Map.Entry::getKey)
        .toList();
  }

  private List<String> misBilled() {
    return differing(Judgement.attempts(evidence.usage(), Outcome.ANSWERED));
  }

  private List<String> failedAndBilled() {
    return differing(Judgement.attempts(evidence.usage(), Outcome.FAILED));
  }

  private List<String> differing(Set<String> attempts) {
    return attempts.stream()
        .filter(attempt -> !told.getOrDefault(attempt, 0L).equals(billed.getOrDefault(attempt, 0L)))
        .toList();
  }

  private List<String> resultsWithoutEvent() {
    return evidence.settlements().stream()
        .flatMap(one -> one.attempt().stream())
        .filter(attempt -> !settled.contains(attempt))
        .toList();
  }

  private List<String> underEstimated() {
    Map<String, Long> bounds = new HashMap<>();
    evidence.usage().stream()
        .filter(usage -> usage.outcome() == Outcome.POSSIBLY_BILLED)
        .forEach(usage -> bounds.merge(usage.attempt(), usage.costPicos(), Math::max));
    return bounds.entrySet().stream()
        .filter(bound -> billed.getOrDefault(bound.getKey(), 0L) > bound.getValue())
        .map(Map.Entry::getKey)
        .toList();
  }
}
