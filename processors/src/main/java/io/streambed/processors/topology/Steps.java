/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.topology;

import io.streambed.processors.admission.AdmissionStep;
import io.streambed.processors.budget.BudgetConfig;
import io.streambed.processors.invocation.InvocationParts;
import io.streambed.processors.settlement.SettlementParts;
import io.streambed.schemas.Priority;
import io.streambed.schemas.topics.Topics;
import java.util.Map;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * What the topology is made of.
 *
 * @param applicationId Kafka Streams' name of the application, before its internal topics' names
 * @param fingerprintHop whether jobs are brought together by fingerprint, by a topic in between
 * @param jobPartitions partitions of that topic
 */
public record Steps(
    String applicationId,
    Topics topics,
    boolean fingerprintHop,
    int jobPartitions,
    TimestampExtractor timestamps,
    AdmissionStep.Parts admission,
    BudgetConfig budgets,
    InvocationParts invocation,
    SettlementParts settlement) {

  /** Name that Kafka Streams gives the topic of budgets. */
  String budgetTopic() {
    return internal(Names.BUDGET_HOP);
  }

  /** Names that Kafka Streams gives the topics of jobs between admission and dedup, by class. */
  Map<Priority, String> jobsTopics() {
    return Map.of(
        Priority.INTERACTIVE, internal(Names.URGENT_JOBS),
        Priority.STANDARD, internal(Names.JOBS),
        Priority.BACKGROUND, internal(Names.BACKGROUND_JOBS));
  }

  private String internal(String name) {
    return applicationId + "-" + name + "-repartition";
  }
}
