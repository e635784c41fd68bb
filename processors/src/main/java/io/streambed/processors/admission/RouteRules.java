/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

import io.streambed.processors.model.ModelAlias;
import io.streambed.processors.model.Needs;
import io.streambed.processors.model.Route.Terms;
import io.streambed.schemas.state.Failure;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Whether a model has a lane for a request. Pure. */
final class RouteRules {

  private RouteRules() {}

  /** Why no lane of a model ever takes such a request, if none does. */
  static Optional<Failure> check(Needs needs, ModelAlias alias) {
    return alias.takes(needs)
        ? Optional.empty()
        : Optional.of(
            Refusals.invalid(
                "model",
                "has no lane for a request "
                    + reason(needs, alias)
                    + "; ask for another model, or let a lane of \""
                    + alias.alias()
                    + "\" take it"));
  }

  private static String reason(Needs needs, ModelAlias alias) {
    if (none(
        alias, terms -> terms.tenants().isEmpty() || terms.tenants().contains(needs.tenant()))) {
      return "of this tenant";
    }
    if (none(
        alias,
        terms -> terms.priorities().isEmpty() || terms.priorities().contains(needs.priority()))) {
      return "of priority " + needs.priority();
    }
    if (none(alias, terms -> terms.features().containsAll(needs.features()))) {
      List<String> words =
          needs.features().stream().map(f -> f.name().toLowerCase(Locale.ROOT)).sorted().toList();
      return "that needs " + String.join(", ", words);
    }
    if (none(alias, terms -> needs.bytes() <= terms.maxBytes())) {
      return "of " + needs.bytes() + " bytes";
    }
    return "of this tenant, priority, size and features together";
  }

  private static boolean none(ModelAlias alias, Predicate<Terms> takes) {
    return alias.routes().stream().noneMatch(route -> takes.test(route.terms()));
  }
}
