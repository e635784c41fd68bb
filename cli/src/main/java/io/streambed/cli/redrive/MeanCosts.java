/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.redrive;

import io.streambed.schemas.CallOutcome;
import io.streambed.schemas.UsageEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** What a request of a model has cost on average, by usage events. For one thread. */
public final class MeanCosts {
  private record Sum(long requests, long picoDollars) {}

  private final Map<String, Sum> byModel = new HashMap<>();

  /** Takes up what a call has cost; calls that were not answered tell nothing. */
  public void add(UsageEvent event) {
    if (event.getOutcome() == CallOutcome.ANSWERED && event.getPriceEffectiveFrom().isPresent()) {
      byModel.merge(
          event.getModel(),
          new Sum(event.getRequests(), event.getCostPicoDollars()),
          (a, b) -> new Sum(a.requests + b.requests, a.picoDollars + b.picoDollars));
    }
  }

  /**
   * Pico-dollars of a request on average; empty where no call of the model is known.
   *
   * @param model its alias
   */
  public OptionalLong of(String model) {
    Sum sum = byModel.get(model);
    return sum == null || sum.requests == 0
        ? OptionalLong.empty()
        : OptionalLong.of(sum.picoDollars / sum.requests);
  }
}
