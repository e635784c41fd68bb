/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.judgement;

import io.streambed.loadtests.judgement.Usage.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Evidence to seed faults in. */
final class Sample {
  private static final long COST = 7;

  private final List<Settlement> settlements = new ArrayList<>();
  private final List<Usage> usage = new ArrayList<>();
  private final List<Call> calls = new ArrayList<>();

  /** Two requests, each with one call, one usage event and one result. */
  static Sample good() {
    return new Sample()
        .settled("r-1", "a-1")
        .called("a-1", COST)
        .told("a-1", COST)
        .settled("r-2", "a-2")
        .called("a-2", COST)
        .told("a-2", COST)
        .settledByCache("r-3");
  }

  Evidence evidence() {
    return new Evidence(Set.of("r-1", "r-2", "r-3"), settlements, usage, calls);
  }

  Sample settled(String id, String attempt) {
    settlements.removeIf(one -> one.id().equals(id));
    return with(id, Optional.of(attempt));
  }

  Sample settledAgain(String id) {
    return with(id, Optional.empty());
  }

  Sample settledByCache(String id) {
    return with(id, Optional.empty());
  }

  /** The result of a request that the sample has tells of so many attempts of unknown outcome. */
  Sample tellingOf(String id, int attempts) {
    settlements.replaceAll(one ->
        one.id().equals(id)
            ? new Settlement(
                id, Optional.empty(), one.attempt(), COST, attempts, one.source(), 0, 0)
            : one);
    return this;
  }

  private Sample with(String id, Optional<String> attempt) {
    settlements.add(new Settlement(id, Optional.empty(), attempt, COST, 0, "MODEL", 0, 0));
    return this;
  }

  Sample withoutSettlement(String id) {
    settlements.removeIf(one -> one.id().equals(id));
    return this;
  }

  Sample called(String attempt, long cost) {
    calls.add(new Call(Optional.of(attempt), "t", "answered", cost, 0));
    return this;
  }

  Sample calledBare() {
    calls.add(new Call(Optional.empty(), "t", "answered", COST, 0));
    return this;
  }

  Sample told(String attempt, long cost) {
    return told(attempt, Outcome.ANSWERED, cost);
  }

  Sample told(String attempt, Outcome outcome, long cost) {
    usage.add(new Usage(attempt, "t", outcome, cost, 0));
    return this;
  }

  Sample possiblyBilled(String attempt, long bound) {
    return told(attempt, Outcome.POSSIBLY_BILLED, bound);
  }
}
