/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.replay;

import io.streambed.processors.model.Lane;
import io.streambed.processors.model.ModelAlias;
import io.streambed.processors.model.PriceTable;
import io.streambed.schemas.ReplayPlan;
import io.streambed.schemas.ReplayProgress;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A lane by which a request may be answered, and of which nobody can say what it costs: with it
 * there is no bound for a run. Pure.
 *
 * @param alias of the model that is asked for
 */
public record Unpriced(String alias, Lane lane) {

  /**
   * The first of some aliases.
   *
   * @param aliases those that a run asks
   * @param models the platform's, by alias
   * @param day whose prices apply
   */
  public static Optional<Unpriced> among(
      Collection<String> aliases,
      Map<String, ModelAlias> models,
      PriceTable prices,
      LocalDate day) {
    return aliases.stream()
        .sorted()
        .flatMap(alias -> Optional.ofNullable(models.get(alias)).stream())
        .flatMap(model -> model.lanes().stream().map(lane -> new Unpriced(model.alias(), lane)))
        .filter(one -> one.isWithout(prices, day))
        .findFirst();
  }

  private boolean isWithout(PriceTable prices, LocalDate day) {
    return prices.priceOf(lane.modelId(), lane.tier().word(), day).isEmpty();
  }

  /** Aliases that a run is sure to ask, if it asks anything, and those that it has asked. */
  public static Set<String> aliases(Standing standing) {
    Set<String> aliases = new TreeSet<>();
    standing
        .progress()
        .map(ReplayProgress::getSubmittedByModel)
        .ifPresent(asked -> aliases.addAll(asked.keySet()));
    standing.plan().flatMap(Unpriced::only).ifPresent(aliases::add);
    return aliases;
  }

  /** The only alias that a plan's requests ask, where it says so. */
  private static Optional<String> only(ReplayPlan plan) {
    return plan.getChanges().getModel().or(() -> plan.getFilter().getModel());
  }
}
