/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.topology;

import io.streambed.processors.admission.AdmissionStep;
import io.streambed.processors.answers.KnownWork;
import io.streambed.processors.budget.BudgetStep;
import io.streambed.processors.dedup.DedupStep;
import io.streambed.processors.invocation.HeldStep;
import io.streambed.processors.invocation.InvocationStep;
import io.streambed.processors.job.BudgetRecords;
import io.streambed.processors.job.HeldJob;
import io.streambed.processors.settlement.BudgetEventStep;
import io.streambed.processors.settlement.RejectionStep;
import io.streambed.processors.settlement.SettlementStep;
import io.streambed.processors.settlement.Sinks;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The map: which step reads what, writes where, and shares which store. */
public final class StreambedTopology {

  private static final Serde<byte[]> BYTES = Serdes.ByteArray();

  /** Small segments and eager cleaning: what is settled leaves the changelog soon. */
  private static final Map<String, String> CHANGELOG =
      Map.of("segment.bytes", Integer.toString(64 << 20), "min.cleanable.dirty.ratio", "0.1");

  private static final String[] IN_FLIGHT = {InvocationStep.FLIGHTS, KnownWork.STORE};

  private StreambedTopology() {}

  /** Builds the topology. */
  public static Topology build(Steps steps, Properties config) {
    StreamsBuilder builder = new StreamsBuilder();
    addStores(builder);
    KStream<byte[], Object> admitted = admission(builder, steps);
    if (steps.budgets().isOn()) {
      budget(builder, admitted, steps);
    }
    KStream<byte[], byte[]> jobs = allJobs(hop(admitted, steps), held(builder, steps));
    KStream<byte[], Object> known = dedup(jobs, steps);
    KStream<byte[], Object> invoked = invocation(known, steps);
    settlement(known.merge(invoked, Named.as(Names.OWED)), steps);
    return builder.build(config);
  }

  /** Topics whose partitions feed jobs to a task. */
  private static List<String> jobTopics(Steps steps) {
    return steps.fingerprintHop()
        ? List.of(steps.jobsTopic(), steps.topics().jobsHeld())
        : List.of(
            steps.topics().promptRequests(),
            steps.topics().embeddingRequests(),
            steps.topics().jobsHeld());
  }

  private static KStream<byte[], Object> admission(StreamsBuilder builder, Steps steps) {
    KStream<byte[], Object> admitted =
        builder.stream(
                List.of(steps.topics().promptRequests(), steps.topics().embeddingRequests()),
                Consumed.with(BYTES, BYTES)
                    .withName(Names.REQUESTS)
                    .withTimestampExtractor(steps.timestamps()))
            .process(
                () ->
                    new AdmissionStep(
                        steps.admission(),
                        new AdmissionStep.Names(
                            Names.UNREAD, Names.ACCEPTED, Names.BUDGETED, Names.REJECTED)),
                Named.as(Names.ADMISSION),
                Names.UNREAD);
    admitted
        .process(() -> new RejectionStep(steps.settlement()), Named.as(Names.REJECTED))
        .to(
            steps.topics().deadLetters(),
            Produced.with(BYTES, BYTES).withName(Names.REJECTED_SINK));
    return admitted;
  }

  /**
   * Jobs of tenants with a budget meet by tenant before they meet by fingerprint; what was spent
   * and given back comes to the same topic from settlement.
   */
  private static void budget(
      StreamsBuilder builder, KStream<byte[], Object> admitted, Steps steps) {
    builder.addStateStore(store(BudgetStep.STORE));
    BudgetStep.Names names =
        new BudgetStep.Names(
            Names.BUDGET_JOBS, Names.BUDGET_GRANTS, Names.BUDGET_REFUSED, Names.BUDGET_TOLD);
    KStream<byte[], Object> said =
        admitted
            .mapValues(entry -> (byte[]) entry, Named.as(Names.BUDGETED))
            .repartition(
                Repartitioned.<byte[], byte[]>as(Names.BUDGET_HOP)
                    .withKeySerde(BYTES)
                    .withValueSerde(BYTES)
                    .withNumberOfPartitions(steps.jobPartitions()))
            .process(
                () -> new BudgetStep(steps.budgets(), steps.settlement().commits(), names),
                Named.as(Names.BUDGET),
                BudgetStep.STORE);
    toJobs(said, steps);
    write(
        said.process(() -> new RejectionStep(steps.settlement()), Named.as(Names.BUDGET_REFUSED)),
        steps.topics().deadLetters(),
        Names.BUDGET_REFUSED_SINK);
    write(
        said.process(() -> new BudgetEventStep(steps.settlement()), Named.as(Names.BUDGET_TOLD)),
        steps.topics().budgetEvents(),
        Names.BUDGET_TOLD_SINK);
  }

  /**
   * Jobs that have their money go where others go at once, and what a budget says to a flight goes
   * to the flight's partition. By the topic's name: as one stream with what is admitted, both would
   * be one task and wait for each other's input.
   */
  private static void toJobs(KStream<byte[], Object> said, Steps steps) {
    write(
        said.mapValues(job -> (byte[]) job, Named.as(Names.BUDGET_JOBS)),
        steps.jobsTopic(),
        Names.BUDGET_JOBS_SINK);
    said.mapValues(grant -> (byte[]) grant, Named.as(Names.BUDGET_GRANTS))
        .to(
            steps.jobsTopic(),
            Produced.with(BYTES, BYTES)
                .withName(Names.BUDGET_GRANTS_SINK)
                .withStreamPartitioner((t, key, value, partitions) ->
                    Optional.of(Set.of(BudgetRecords.partition(key)))));
  }

  private static KStream<byte[], byte[]> hop(KStream<byte[], Object> admitted, Steps steps) {
    KStream<byte[], byte[]> accepted =
        admitted.mapValues(job -> (byte[]) job, Named.as(Names.ACCEPTED));
    return steps.fingerprintHop()
        ? accepted.repartition(
            Repartitioned.<byte[], byte[]>as(Names.JOBS)
                .withKeySerde(BYTES)
                .withValueSerde(BYTES)
                .withNumberOfPartitions(steps.jobPartitions()))
        : accepted;
  }

  private static KStream<byte[], byte[]> held(StreamsBuilder builder, Steps steps) {
    String topic = steps.topics().jobsHeld();
    KStream<byte[], byte[]> held =
        builder.stream(topic, Consumed.with(BYTES, BYTES).withName(Names.HELD_SOURCE))
            .process(
                () ->
                    new HeldStep(steps.invocation(), topic, Names.ALL_JOBS, Names.HELD_AGAIN_SINK),
                Named.as(Names.HELD));
    hold(held, topic, Names.HELD_AGAIN_SINK);
    return held;
  }

  private static KStream<byte[], byte[]> allJobs(
      KStream<byte[], byte[]> fresh, KStream<byte[], byte[]> held) {
    return fresh.merge(held, Named.as(Names.ALL_JOBS));
  }

  private static KStream<byte[], Object> dedup(KStream<byte[], byte[]> jobs, Steps steps) {
    return jobs.process(
        () -> new DedupStep(steps.settlement().answers(), Names.OWED, Names.INVOCATION),
        Named.as(Names.DEDUP),
        KnownWork.STORE);
  }

  private static KStream<byte[], Object> invocation(KStream<byte[], Object> known, Steps steps) {
    InvocationStep.Names names =
        new InvocationStep.Names(Names.OWED, Names.TO_HOLD, jobTopics(steps));
    KStream<byte[], Object> invoked =
        known.process(
            () -> new InvocationStep(steps.invocation(), names),
            Named.as(Names.INVOCATION),
            IN_FLIGHT);
    hold(
        invoked.mapValues(job -> (byte[]) job, Named.as(Names.TO_HOLD)),
        steps.topics().jobsHeld(),
        Names.HOLD_SINK);
    return invoked;
  }

  private static void settlement(KStream<byte[], Object> owed, Steps steps) {
    KStream<byte[], byte[]> written =
        owed.process(
            () -> new SettlementStep(steps.settlement()),
            Named.as(Names.SETTLEMENT),
            KnownWork.STORE);
    write(written, steps.topics().promptResults(), Sinks.PROMPT_RESULTS);
    write(written, steps.topics().embeddingResults(), Sinks.EMBEDDING_RESULTS);
    write(written, steps.topics().deadLetters(), Sinks.DEAD_LETTERS);
    write(written, steps.topics().usageEvents(), Sinks.USAGE_EVENTS);
    if (steps.budgets().isOn()) {
      write(written, steps.budgetTopic(), Sinks.BUDGET);
    }
  }

  private static void write(KStream<byte[], byte[]> stream, String topic, String sink) {
    stream.to(topic, Produced.with(BYTES, BYTES).withName(sink));
  }

  /** Held jobs go to the partition of the task that holds them. */
  private static void hold(KStream<byte[], byte[]> stream, String topic, String sink) {
    stream.to(
        topic,
        Produced.with(BYTES, BYTES)
            .withName(sink)
            .withStreamPartitioner(
                (t, key, value, partitions) -> Optional.of(Set.of(HeldJob.partition(key)))));
  }

  private static void addStores(StreamsBuilder builder) {
    builder.addStateStore(AdmissionStep.store(Names.UNREAD).withLoggingEnabled(CHANGELOG));
    for (String name : IN_FLIGHT) {
      builder.addStateStore(store(name));
    }
  }

  private static StoreBuilder<?> store(String name) {
    return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.Bytes(), BYTES)
        .withCachingDisabled()
        .withLoggingEnabled(CHANGELOG);
  }
}
