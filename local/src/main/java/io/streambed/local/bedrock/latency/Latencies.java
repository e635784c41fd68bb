/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.latency;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The latency of each model. Safe to use from any thread. */
public final class Latencies {
  /** Stands for every model that has no latency of its own. */
  public static final String ANY_MODEL = "*";

  private final Map<String, Latency> byModel = new ConcurrentHashMap<>();

  /** Every model with this latency. */
  public Latencies(Latency ofAny) {
    byModel.put(ANY_MODEL, ofAny);
  }

  /** From now on, for the model id as callers name it, or {@link #ANY_MODEL}. */
  public void set(String modelId, Latency latency) {
    byModel.put(modelId, latency);
  }

  /** The latency of a model. */
  public Latency of(String modelId) {
    Latency own = byModel.get(modelId);
    return own != null ? own : byModel.getOrDefault(ANY_MODEL, Latency.NONE);
  }

  /** All that are set, by model. */
  public Map<String, Latency> all() {
    return new TreeMap<>(byModel);
  }
}
