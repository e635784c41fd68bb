/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.demo;

import io.streambed.cli.settlement.Settlement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what became of the workload. Not for use by several threads. */
final class Tally {
  private final Map<String, Integer> results = new TreeMap<>();
  private final Map<String, Integer> deadLetters = new TreeMap<>();
  private final List<String> surprises = new ArrayList<>();
  private int published;
  private int settled;
  private int withoutCall;

  void published(int count) {
    published += count;
  }

  void settled(Settlement settlement) {
    settled++;
    String outcome = settlement.outcome() + (settlement.repeat() ? " again" : "");
    if (settlement instanceof Settlement.Dead) {
      deadLetters.merge(outcome, 1, Integer::sum);
      return;
    }
    results.merge(outcome, 1, Integer::sum);
    if (settlement.repeat() || !settlement.outcome().equals("MODEL")) {
      withoutCall++;
    }
  }

  /** Notes what is not as the file says. */
  void surprise(String what) {
    surprises.add(what);
  }

  List<String> surprises() {
    return List.copyOf(surprises);
  }

  /** Whether everything was settled as its file says. */
  boolean asExpected() {
    return surprises.isEmpty() && settled == published;
  }

  Map<String, Integer> results() {
    return results;
  }

  Map<String, Integer> deadLetters() {
    return deadLetters;
  }

  /** The closing line. */
  String closing(int calls) {
    return "settled %d of %d requests: %d results, %d dead letters, %d model calls, %d answered without a call"
        .formatted(settled, published, sum(results), sum(deadLetters), calls, withoutCall);
  }

  static int sum(Map<String, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }
}
