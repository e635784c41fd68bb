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
      Optional<Price> price =
          prices.priceOf(lane.modelId(), LocalDate.ofInstant(now, ZoneOffset.UTC));
      if (price.isEmpty()) {
        return OptionalLong.empty();
      }
      most = Math.max(most, price.get().upperBound(contentBytes, tokens));
    }
    return OptionalLong.of(most);
  }
}
