/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;

import io.streambed.schemas.topics.Topics;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Names of the topics. */
final class TopicsSection {

  static final Keys KEYS = new Keys("Topics");

  private static final Topics DEFAULTS = Topics.defaults();
  private static final Key<String> PROMPT_REQUESTS =
      topic("topics.prompt.requests", DEFAULTS.promptRequests(), "Prompts to answer.");
  private static final Key<String> EMBEDDING_REQUESTS =
      topic("topics.embedding.requests", DEFAULTS.embeddingRequests(), "Texts to embed.");
  private static final Key<String> PROMPT_RESULTS =
      topic("topics.prompt.results", DEFAULTS.promptResults(), "One answer a prompt.");
  private static final Key<String> EMBEDDING_RESULTS =
      topic("topics.embedding.results", DEFAULTS.embeddingResults(), "One vector a text.");
  private static final Key<String> DEAD_LETTERS =
      topic("topics.dead.letters", DEFAULTS.deadLetters(), "What could not be answered, and why.");
  private static final Key<String> USAGE_EVENTS =
      topic("topics.usage.events", DEFAULTS.usageEvents(), "Tokens and money of every call.");
  private static final Key<String> CONTROL =
      topic("topics.control", DEFAULTS.control(), "Orders to the running platform.");
  private static final Key<String> BUDGET_EVENTS =
      topic(
          "topics.budget.events",
          DEFAULTS.budgetEvents(),
          "What has become of tenants' budgets: a threshold was reached, or one is spent.");
  private static final Key<String> JOBS_HELD =
      topic(
          "topics.jobs.held",
          DEFAULTS.jobsHeld(),
          "Jobs of a lane that is stopped or full, until it is read again.");
  private static final Key<String> MOVED_CALLS =
      topic(
          "topics.moved.calls",
          DEFAULTS.movedCalls(),
          "What instances tell each other of open calls when work moves, answers included.");

  private static final Key<String> REDRIVES =
      topic("topics.redrives", DEFAULTS.redrives(), "What was done with dead letters.");
  private static final Key<String> REPLAY_REQUESTS =
      topic(
          "topics.replay.requests",
          DEFAULTS.replayRequests(),
          "Recorded requests that a run asks again.");
  private static final Key<String> REPLAY_RUNS =
      topic(
          "topics.replay.runs",
          DEFAULTS.replayRuns(),
          "What runs are to do, and how far they have come.");

  private TopicsSection() {}

  static Topics read(Values values, Problems problems) {
    Set<String> names = new LinkedHashSet<>();
    for (Key<String> key :
        List.of(
            PROMPT_REQUESTS,
            EMBEDDING_REQUESTS,
            PROMPT_RESULTS,
            EMBEDDING_RESULTS,
            DEAD_LETTERS,
            USAGE_EVENTS,
            CONTROL,
            BUDGET_EVENTS,
            JOBS_HELD,
            MOVED_CALLS,
            REDRIVES,
            REPLAY_REQUESTS,
            REPLAY_RUNS)) {
      problems.require(
          names.add(values.get(key)),
          key,
          "another topic has the name " + values.get(key),
          "Give each topic a name of its own");
    }
    return new Topics(
        values.get(PROMPT_REQUESTS),
        values.get(EMBEDDING_REQUESTS),
        values.get(PROMPT_RESULTS),
        values.get(EMBEDDING_RESULTS),
        values.get(DEAD_LETTERS),
        values.get(USAGE_EVENTS),
        values.get(CONTROL),
        values.get(BUDGET_EVENTS),
        values.get(JOBS_HELD),
        values.get(MOVED_CALLS),
        values.get(REDRIVES),
        values.get(REPLAY_REQUESTS),
        values.get(REPLAY_RUNS));
  }

  private static Key<String> topic(String name, String preset, String meaning) {
    return KEYS.text(name, preset, Validators.topic(), HIGH, meaning);
  }
}
