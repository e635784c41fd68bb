/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.topics;

/**
 * Names of the topics, as configured.
 *
 * @param promptRequests prompts to answer
 * @param embeddingRequests texts to embed
 * @param promptResults one answer a prompt
 * @param embeddingResults one vector a text
 * @param deadLetters what could not be answered, and why
 * @param usageEvents tokens and money of every call, keyed by tenant
 * @param control orders to the running platform
 * @param budgetEvents what has become of tenants' budgets, keyed by tenant
 * @param jobsHeld jobs of a lane that is stopped or full, until it is read again
 * @param movedCalls what instances say of calls whose tasks have moved to others
 * @param redrives what was done with dead letters
 * @param replayRequests recorded requests that a run asks again
 * @param replayRuns what runs are to do, and how far they have come
 */
public record Topics(
    String promptRequests,
    String embeddingRequests,
    String promptResults,
    String embeddingResults,
    String deadLetters,
    String usageEvents,
    String control,
    String budgetEvents,
    String jobsHeld,
    String movedCalls,
    String redrives,
    String replayRequests,
    String replayRuns) {

  /** The names that apply where nothing is configured. */
  public static Topics defaults() {
    return new Topics(
        "prompt-requests",
        "embedding-requests",
        "prompt-results",
        "embedding-results",
        "dead-letters",
        "usage-events",
        "control",
        "budget-events",
        "jobs-held",
        "moved-calls",
        "redrives",
        "replay-requests",
        "replay-runs");
  }
}
