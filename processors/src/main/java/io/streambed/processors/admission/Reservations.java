/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

import io.streambed.processors.model.CostBound;
import io.streambed.processors.model.ModelAlias;
import io.streambed.schemas.state.Job;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * What is to be set aside of a tenant's budget before a request's first call.
 *
 * @param budgeted whether a tenant has a budget
 */
public record Reservations(Predicate<String> budgeted, CostBound bound) {

  /**
   * The most that a call for a job can cost.
   *
   * @return pico-dollars, 0 for a tenant without a budget; empty where that is not known, because a
   *     model has no price
   */
  OptionalLong of(Job job, ModelAlias alias, Instant now) {
    if (!budgeted.test(job.getTenant())) {
      return OptionalLong.of(0);
    }
    int bytes = job.getContent().map(ByteBuffer::remaining).orElse(0);
    return bound.of(alias, bytes, job.getMaxTokens(), now);
  }
}
