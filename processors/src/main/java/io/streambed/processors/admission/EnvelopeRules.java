/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

import io.streambed.processors.model.ModelAlias;
import io.streambed.schemas.Operation;
import io.streambed.schemas.state.Failure;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Whose request it is, which model it is for, and whether it is still wanted. */
final class EnvelopeRules {

  private final AdmissionLimits limits;
  private final Map<String, ModelAlias> aliases;

  EnvelopeRules(AdmissionLimits limits, Map<String, ModelAlias> aliases) {
    this.limits = limits;
    this.aliases = new TreeMap<>(aliases);
  }

  /** Whether the id can serve as one. */
  Optional<Failure> checkId(Request request) {
    return request
        .id()
        .flatMap(id -> name("id", id, limits.maxIdLength(), "leave it out or give one"));
  }

  /** The first other rule that is broken. */
  Optional<Failure> check(Request request, Instant now) {
    return name("tenant", request.tenant(), limits.maxTenantLength(), "leave it out or name one")
        .or(() -> model(request))
        .or(() -> request.deadline().filter(d -> !d.isAfter(now)).map(d -> Refusals.expired()));
  }

  /** The alias, once {@link #check} has passed. */
  ModelAlias alias(Request request) {
    ModelAlias alias = aliases.get(request.model());
    if (alias == null) {
      throw new IllegalStateException("the alias was not checked");
    }
    return alias;
  }

  private static Optional<Failure> name(String field, String value, int longest, String fix) {
    if (value.isBlank()) {
      return Optional.of(Refusals.invalid(field, "is blank; " + fix));
    }
    if (value.length() > longest) {
      return Optional.of(
          Refusals.invalid(
              field, "has " + value.length() + " characters; at most " + longest + " are allowed"));
    }
    return Optional.empty();
  }

  private Optional<Failure> model(Request request) {
    ModelAlias alias = aliases.get(request.model());
    if (alias == null) {
      return Optional.of(
          Refusals.unknownModel(
              "model is no alias that is configured; " + configured(request.operation())));
    }
    if (alias.operation() != request.operation()) {
      return Optional.of(
          Refusals.unknownModel(
              "model is an alias for the other kind of request; "
                  + configured(request.operation())));
    }
    return Optional.empty();
  }

  private String configured(Operation operation) {
    String names =
        aliases.values().stream()
            .filter(alias -> alias.operation() == operation)
            .map(ModelAlias::alias)
            .collect(Collectors.joining(", "));
    String kind = operation == Operation.PROMPT ? "prompts" : "embeddings";
    return names.isEmpty() ? "none is configured for " + kind : "for " + kind + " use " + names;
  }
}
