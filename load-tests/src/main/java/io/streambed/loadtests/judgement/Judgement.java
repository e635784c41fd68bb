/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.judgement;

import io.streambed.loadtests.judgement.Usage.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Joins what is known from outside and says what is wrong, by number. The run must have come to
 * rest: whatever is published is settled, or never will be.
 *
 * @param findings everything that was looked for, also what was not found
 */
public record Judgement(List<Finding> findings) {

  public Judgement {
    findings = List.copyOf(findings);
  }

  /** Judges a subject that writes usage events. */
  public static Judgement of(Evidence evidence) {
    List<Finding> findings = new ArrayList<>(settlements(evidence));
    findings.addAll(new Money(evidence).findings());
    return new Judgement(findings);
  }

  /** Judges one that writes none: only what its results and the ledger can show. */
  public static Judgement withoutUsage(Evidence evidence) {
    List<Finding> findings = new ArrayList<>(settlements(evidence));
    long answers =
        evidence.settlements().stream().filter(one -> one.deadLetter().isEmpty()).count();
    long billed = evidence.calls().stream().filter(Call::billed).count();
    findings.add(
        new Finding(
            "paid and not used",
            "billed calls beyond one for each result",
            Math.max(0, billed - answers),
            List.of(),
            false));
    return new Judgement(findings);
  }

  private static List<Finding> settlements(Evidence evidence) {
    Map<String, Integer> times = new HashMap<>();
    evidence.settlements().forEach(one -> times.merge(one.id(), 1, Integer::sum));
    Set<String> lost = minus(evidence.published(), times.keySet());
    Set<String> alien = minus(times.keySet(), evidence.published());
    List<String> twice =
        times.entrySet().stream()
            .filter(entry -> entry.getValue() > 1)
            .map(Map.Entry::getKey)
            .toList();
    List<String> dead =
        evidence.settlements().stream()
            .filter(one -> one.deadLetter().isPresent())
            .map(one -> one.id() + " " + one.deadLetter().orElseThrow())
            .toList();
    return List.of(
        Finding.fault("lost", "requests that were never settled", lost),
        Finding.fault("duplicated", "requests that were settled more than once", twice),
        Finding.fault("unasked", "settlements of requests that nobody published", alien),
        Finding.fact("dead letters", "requests that could not be answered", dead));
  }

  static Set<String> minus(Collection<String> all, Collection<String> without) {
    Set<String> rest = new HashSet<>(all);
    rest.removeAll(without);
    return rest;
  }

  static Set<String> attempts(Collection<Usage> usage, Outcome outcome) {
    return usage.stream()
        .filter(one -> one.outcome() == outcome)
        .map(Usage::attempt)
        .collect(Collectors.toSet());
  }

  /** The same with more. */
  public Judgement with(List<Finding> more) {
    List<Finding> all = new ArrayList<>(findings);
    all.addAll(more);
    return new Judgement(all);
  }

  /** The findings that break a promise. */
  public List<Finding> broken() {
    return findings.stream().filter(Finding::broken).toList();
  }

  /** How many there are of something that was looked for. */
  public long count(String what) {
    return findings.stream()
        .filter(finding -> finding.what().equals(what))
        .mapToLong(Finding::count)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("nobody looked for " + what));
  }
}
