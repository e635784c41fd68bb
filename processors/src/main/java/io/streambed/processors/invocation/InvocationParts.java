/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import io.streambed.processors.answers.AnswersConfig;
import io.streambed.processors.commit.CommitPace;
import io.streambed.processors.job.Cancellations;
import io.streambed.processors.job.PausedPartitions;
import io.streambed.processors.job.Payload;
import io.streambed.processors.model.ModelAlias;
import io.streambed.processors.model.PriceTable;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * What every task's invocation step shares or is told.
 *
 * @param budgets whether any tenant has a budget
 * @param attemptIds gives a new id, never the same twice
 * @param random numbers from 0 inclusive to 1 exclusive, for jitter
 */
public record InvocationParts(
    InvocationConfig config,
    AnswersConfig answers,
    Map<String, ModelAlias> models,
    Tenants tenants,
    PriceTable prices,
    boolean budgets,
    Payload payload,
    Calls calls,
    Load load,
    Cancellations cancellations,
    CommitPace.Settings commits,
    PausedPartitions paused,
    Supplier<String> attemptIds,
    DoubleSupplier random) {

  public InvocationParts {
    models = Map.copyOf(models);
  }
}
