/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

import io.streambed.schemas.Operation;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The most that a call can cost before it is known which lane it takes. */
public record CostBound(PriceTable prices) {

  /**
   * The most that a call for a request can cost on any lane of its alias.
   *
   * @param contentBytes bytes of what is asked
   * @param maxTokens most tokens of the answer, 0 where the request does not say
   * @return pico-dollars; empty where a lane's model has no price
   */
  public OptionalLong of(ModelAlias alias, long contentBytes, int maxTokens, Instant now) {
    long tokens =
        alias.operation() == Operation.EMBEDDING
            ? 0
            : maxTokens > 0 ? maxTokens : alias.maxTokens();
    long most = 0;
    for (Lane lane : alias.lanes()) {
      OptionalLong its = of(lane, contentBytes, tokens, now);
      if (its.isEmpty()) {
        return its;
      }
      most = Math.max(most, its.getAsLong());
    }
    return OptionalLong.of(most);
  }

  /**
   * The most that a call can cost on a lane. It can be served in the default tier instead of the
   * one that is asked for, and end on the next day.
   *
   * @param maxTokens most tokens of the answer
   * @return pico-dollars; empty where the lane's model has no price in either tier
   */
  public OptionalLong of(Lane lane, long contentBytes, long maxTokens, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    OptionalLong most = OptionalLong.empty();
    for (Tier tier : EnumSet.of(lane.tier(), Tier.DEFAULT)) {
      for (LocalDate day : List.of(today, today.plusDays(1))) {
        Optional<Price> price = prices.priceOf(lane.modelId(), tier.word(), day);
        if (price.isPresent()) {
          long bound = price.get().upperBound(contentBytes, maxTokens);
          most = OptionalLong.of(Math.max(bound, most.orElse(0)));
        }
      }
    }
    return most;
  }
}
