/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.ledger;

import io.streambed.local.bedrock.wire.Operation;
import java.util.Map;
import java.util.Optional;

/**
 * Which calls are meant. What is absent does not restrict.
 *
 * @param model model id as the caller named it
 * @param operation operation
 * @param attempt id of the attempt
 * @param outcome simple name of the outcome, such as {@code Answered}, in any case
 * @param after only calls with a greater sequence number
 * @param metadata entries that the call's metadata must have
 */
public record LedgerFilter(
    Optional<String> model,
    Optional<Operation> operation,
    Optional<String> attempt,
    Optional<String> outcome,
    long after,
    Map<String, String> metadata) {

  /** Every call. */
  public static final LedgerFilter ALL =
      new LedgerFilter(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0, Map.of());

  public LedgerFilter {
    metadata = Map.copyOf(metadata);
  }

  /** Calls of one model. */
  public static LedgerFilter ofModel(String modelId) {
    return new LedgerFilter(
        Optional.of(modelId), Optional.empty(), Optional.empty(), Optional.empty(), 0, Map.of());
  }

  /** Calls of one attempt. */
  public static LedgerFilter ofAttempt(String attemptId) {
    return new LedgerFilter(
        Optional.empty(), Optional.empty(), Optional.of(attemptId), Optional.empty(), 0, Map.of());
  }

  boolean matches(LedgerEntry entry) {
    CallFacts facts = entry.facts();
    return entry.sequence() > after
        && model.map(facts.modelId()::equals).orElse(true)
        && operation.map(facts.operation()::equals).orElse(true)
        && attempt.map(id -> facts.attemptId().filter(id::equals).isPresent()).orElse(true)
        && outcome.map(name -> outcomeName(entry).equalsIgnoreCase(name)).orElse(true)
        && facts.metadata().entrySet().containsAll(metadata.entrySet());
  }

  static String outcomeName(LedgerEntry entry) {
    return entry.outcome().getClass().getSimpleName();
  }
}
