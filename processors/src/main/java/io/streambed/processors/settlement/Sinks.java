/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.settlement;

/** Names of the topology's sinks that settlement writes to. */
public final class Sinks {

  /** Results of prompts. */
  public static final String PROMPT_RESULTS = "prompt-results";

  /** Results of texts. */
  public static final String EMBEDDING_RESULTS = "embedding-results";

  /** Dead letters of jobs. */
  public static final String DEAD_LETTERS = "dead-letters";

  /** Usage events. */
  public static final String USAGE_EVENTS = "usage-events";

  /** What budgets are told. */
  public static final String BUDGET = "budget-entries";

  /** Results and dead letters of replayed requests, each in the topic that its header names. */
  public static final String RUNS = "outputs-of-runs";

  private Sinks() {}
}
