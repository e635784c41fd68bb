/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

import io.streambed.schemas.Operation;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

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
    return EnumSet.of(lane.tier(), Tier.DEFAULT).stream()
        .flatMap(
            tier -> Stream.of(now, now.plus(Duration.ofDays(1))).map(at -> price(lane, tier, at)))
        .flatMap(Optional::stream)
        .mapToLong(price -> price.upperBound(contentBytes, maxTokens))
        .max();
  }

  private Optional<Price> price(Lane lane, Tier tier, Instant at) {
    return prices.priceOf(lane.modelId(), tier.word(), LocalDate.ofInstant(at, ZoneOffset.UTC));
  }
}
