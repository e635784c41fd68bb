/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.judgement;

import io.streambed.loadtests.judgement.Usage.Outcome;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Follows the attempts from their commit on: calls that were received and not settled must be among
 * those told as possibly billed, and these among the attempts that were committed and not settled.
 *
 * @param committed ids of the attempts that were committed
 * @param received those of which the stand-in has a call
 * @param settled those that ended in an answer or a failure
 * @param told those told as possibly billed
 * @param toldInResults how many attempts of unknown outcome the results and dead letters tell of
 */
public record Chain(
    Set<String> committed,
    Set<String> received,
    Set<String> settled,
    Set<String> told,
    long toldInResults) {

  public Chain {
    committed = Set.copyOf(committed);
    received = Set.copyOf(received);
    settled = Set.copyOf(settled);
    told = Set.copyOf(told);
  }

  /**
   * Joins what is known.
   *
   * @param committed ids of the attempts that were committed
   */
  public static Chain of(Evidence evidence, Set<String> committed) {
    Set<String> settled = new HashSet<>();
    settled.addAll(Judgement.attempts(evidence.usage(), Outcome.ANSWERED));
    settled.addAll(Judgement.attempts(evidence.usage(), Outcome.FAILED));
    return new Chain(
        committed,
        evidence.calls().stream()
            .map(Call::attempt)
            .flatMap(Optional::stream)
            .collect(Collectors.toSet()),
        settled,
        Judgement.attempts(evidence.usage(), Outcome.POSSIBLY_BILLED),
        evidence.settlements().stream().mapToLong(Settlement::possiblyBilled).sum());
  }

  /** Calls that were received and not settled. */
  public Set<String> receivedNotSettled() {
    return Judgement.minus(received, settled);
  }

  /** Attempts that were committed and not settled. */
  public Set<String> committedNotSettled() {
    return Judgement.minus(committed, settled);
  }

  /**
   * The links, and what lies between them.
   *
   * @param ownPrompts whether each request has a prompt of its own, so that results and usage
   *     events must tell of as many attempts
   */
  public List<Finding> findings(boolean ownPrompts) {
    Finding inResults =
        new Finding(
            "told otherwise by results",
            "attempts that usage events tell as possibly billed and results do not, or the reverse",
            ownPrompts ? Math.abs(told.size() - toldInResults) : 0,
            List.of(),
            true);
    return List.of(
        Finding.fact(
            "received and not settled", "calls whose answer was lost", receivedNotSettled()),
        Finding.fault(
            "received and not told",
            "of those, not told as possibly billed",
            Judgement.minus(receivedNotSettled(), told)),
        Finding.fact("told as possibly billed", "attempts told as possibly billed", told),
        Finding.fact(
            "told and not received",
            "of those, never received: they were committed and had not gone out",
            Judgement.minus(told, received)),
        Finding.fault("told and settled", "of those, settled too", intersection(told, settled)),
        Finding.fault(
            "told and not committed",
            "of those, never committed",
            Judgement.minus(told, committed)),
        Finding.fact(
            "committed and not settled",
            "attempts committed of which no answer or failure was settled",
            committedNotSettled()),
        Finding.fact(
            "committed and not told",
            "of those, not told either: taken back before they went out",
            Judgement.minus(committedNotSettled(), told)),
        Finding.fault(
            "received before their commit",
            "calls of attempts that were never committed",
            Judgement.minus(received, committed)),
        Finding.fault(
            "settled and not committed",
            "attempts settled that were never committed",
            Judgement.minus(settled, committed)),
        inResults);
  }

  private static Set<String> intersection(Set<String> one, Set<String> other) {
    Set<String> both = new HashSet<>(one);
    both.retainAll(other);
    return both;
  }
}
