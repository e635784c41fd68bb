/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.topology;

import io.streambed.processors.budget.BudgetStep;
import io.streambed.processors.job.BudgetRecords;
import io.streambed.processors.settlement.BudgetEventStep;
import io.streambed.schemas.Priority;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;

/**
 * The part of the map that is there where tenants have budgets: jobs of those tenants meet by
 * tenant before they meet by fingerprint; what was spent and given back comes to the same topic
 * from settlement.
 */
final class BudgetHop {

  private BudgetHop() {}

  /**
   * Adds it.
   *
   * @return what budgets say to flights, in the flights' partitions; in a topic of its own, because
   *     those of jobs are left alone while a task has enough to do, which may be flights that wait
   *     for a budget
   */
  static KStream<byte[], Object> add(
      StreamsBuilder builder, KStream<byte[], Object> admitted, Steps steps) {
    builder.addStateStore(StreambedTopology.store(BudgetStep.STORE));
    // In one order, so that every instance builds the same.
    Map<Priority, String> topics = new EnumMap<>(steps.jobsTopics());
    Map<Priority, String> paidFor = new EnumMap<>(Priority.class);
    topics.keySet().forEach(c -> paidFor.put(c, Names.PAID_FOR + suffix(c)));
    BudgetStep.Names names =
        new BudgetStep.Names(paidFor, Names.GRANTS_TO_WRITE, Names.REFUSED, Names.TOLD);
    KStream<byte[], Object> said =
        admitted
            .mapValues(entry -> (byte[]) entry, Named.as(Names.BUDGETED))
            .repartition(StreambedTopology.internal(Names.BUDGET_HOP, steps))
            .process(
                () ->
                    new BudgetStep(
                        steps.budgets(),
                        steps.settlement().commits(),
                        steps.invocation().cancellations(),
                        names),
                Named.as(Names.BUDGET),
                BudgetStep.STORE);
    topics.forEach((priority, topic) -> toJobs(said, priority, topic));
    StreambedTopology.rejected(
        said, Names.REFUSED, Names.REFUSED_SINK, Names.REFUSED_OF_RUNS_SINK, steps);
    StreambedTopology.write(
        said.process(() -> new BudgetEventStep(steps.settlement()), Named.as(Names.TOLD)),
        steps.topics().budgetEvents(),
        Names.TOLD_SINK);
    return grants(said, steps);
  }

  /**
   * Jobs of a class that have their money go where others go at once: by the topic's name, because
   * as one stream with what is admitted, both would be one task.
   */
  private static void toJobs(KStream<byte[], Object> said, Priority priority, String topic) {
    StreambedTopology.write(
        said.mapValues(job -> (byte[]) job, Named.as(Names.PAID_FOR + suffix(priority))),
        topic,
        Names.PAID_FOR_SINK + suffix(priority));
  }

  private static KStream<byte[], Object> grants(KStream<byte[], Object> said, Steps steps) {
    return said.mapValues(grant -> (byte[]) grant, Named.as(Names.GRANTS_TO_WRITE))
        .repartition(
            StreambedTopology.internal(Names.GRANTS_HOP, steps)
                .withStreamPartitioner((t, key, value, partitions) ->
                    Optional.of(Set.of(BudgetRecords.partition(key)))))
        .mapValues(BudgetRecords::decodeGrant, Named.as(Names.GRANTS));
  }

  private static String suffix(Priority priority) {
    return priority.name().toLowerCase(Locale.ROOT);
  }
}
