/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.fault;

import io.streambed.local.bedrock.ledger.CallFacts;
import io.streambed.local.bedrock.wire.Operation;
import java.util.Map;
import java.util.Optional;

/**
 * Which calls a fault meets. What is absent does not restrict.
 *
 * @param model model id as the caller names it
 * @param region region that the call was signed for
 * @param operation operation
 * @param bodyContains text that must be in the request's body
 * @param metadata entries that the call's metadata must have
 */
public record FaultMatch(
    Optional<String> model,
    Optional<String> region,
    Optional<Operation> operation,
    Optional<String> bodyContains,
    Map<String, String> metadata) {

  /** Every call. */
  public static final FaultMatch ALL =
      new FaultMatch(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

  public FaultMatch {
    metadata = Map.copyOf(metadata);
  }

  boolean matches(CallFacts facts, String body) {
    return model.map(facts.modelId()::equals).orElse(true)
        && region.map(facts.region()::equals).orElse(true)
        && operation.map(facts.operation()::equals).orElse(true)
        && bodyContains.map(body::contains).orElse(true)
        && facts.metadata().entrySet().containsAll(metadata.entrySet());
  }
}
