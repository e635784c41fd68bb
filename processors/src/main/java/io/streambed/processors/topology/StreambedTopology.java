/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.topology;

import io.streambed.processors.admission.AdmissionStep;
import io.streambed.processors.answers.KnownWork;
import io.streambed.processors.dedup.DedupStep;
import io.streambed.processors.invocation.HeldStep;
import io.streambed.processors.invocation.InvocationStep;
import io.streambed.processors.job.HeldJob;
import io.streambed.processors.settlement.RejectionStep;
import io.streambed.processors.settlement.SettlementStep;
import io.streambed.processors.settlement.Sinks;
import io.streambed.schemas.Priority;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.config.TopicConfig;
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

  /** Segments of what stays for days: few files. */
  private static final int LARGE_SEGMENT = 64 << 20;

  /** Segments of what is deleted soon: only closed ones are compacted. */
  private static final int SMALL_SEGMENT = 8 << 20;

  private static final String[] IN_FLIGHT = {InvocationStep.FLIGHTS, KnownWork.STORE};

  private StreambedTopology() {}

  /** Builds the topology. */
  public static Topology build(Steps steps, Properties config) {
    StreamsBuilder builder = new StreamsBuilder();
    addStores(builder);
    KStream<byte[], Object> admitted = admission(builder, steps);
    KStream<byte[], byte[]> jobs = allJobs(fresh(admitted, steps), held(builder, steps));
    KStream<byte[], Object> known = dedup(jobs, steps);
    KStream<byte[], Object> callable =
        steps.budgets().isOn()
            ? known.merge(BudgetHop.add(builder, admitted, steps), Named.as(Names.CALLABLE))
            : known;
    KStream<byte[], Object> invoked = invocation(callable, steps);
    settlement(known.merge(invoked, Named.as(Names.OWED)), steps);
    return builder.build(config);
  }

  /** Topics whose partitions feed jobs to a task, and the classes of those. */
  private static Map<String, Set<Priority>> jobTopics(Steps steps) {
    Set<Priority> all = Set.of(Priority.values());
    Map<String, Set<Priority>> topics = new HashMap<>();
    topics.put(steps.topics().jobsHeld(), all);
    if (steps.fingerprintHop()) {
      steps.jobsTopics().forEach((priority, topic) -> topics.put(topic, Set.of(priority)));
    } else {
      topics.put(steps.topics().promptRequests(), all);
      topics.put(steps.topics().embeddingRequests(), all);
      topics.put(steps.topics().replayRequests(), all);
    }
    return topics;
  }

  /** Children of admission that take jobs: one, or one a class where each has a topic. */
  private static Map<Priority, String> accepted(Steps steps) {
    return steps.fingerprintHop()
        ? Map.of(
            Priority.INTERACTIVE, Names.ACCEPTED_URGENT,
            Priority.STANDARD, Names.ACCEPTED,
            Priority.BACKGROUND, Names.ACCEPTED_BACKGROUND)
        : Map.of(Priority.STANDARD, Names.ACCEPTED);
  }

  private static KStream<byte[], Object> admission(StreamsBuilder builder, Steps steps) {
    KStream<byte[], Object> admitted =
        builder.stream(
                List.of(
                    steps.topics().promptRequests(),
                    steps.topics().embeddingRequests(),
                    steps.topics().replayRequests()),
                Consumed.with(BYTES, BYTES)
                    .withName(Names.REQUESTS)
                    .withTimestampExtractor(steps.timestamps()))
            .process(
                () ->
                    new AdmissionStep(
                        steps.admission(),
                        new AdmissionStep.Names(
                            Names.UNREAD, accepted(steps), Names.BUDGETED, Names.REJECTED)),
                Named.as(Names.ADMISSION),
                Names.UNREAD);
    rejected(admitted, Names.REJECTED, Names.REJECTED_SINK, Names.REJECTED_OF_RUNS_SINK, steps);
    return admitted;
  }

  /** Dead letters of what becomes no job; those of replayed requests go where their run says. */
  static void rejected(
      KStream<byte[], Object> stream, String name, String live, String runs, Steps steps) {
    KStream<byte[], byte[]> letters =
        stream.process(
            () -> new RejectionStep(steps.settlement(), new RejectionStep.Names(live, runs)),
            Named.as(name));
    write(letters, steps.topics().deadLetters(), live);
    letters.to(new RunOutput(), Produced.with(BYTES, BYTES).withName(runs));
  }

  /**
   * Jobs that admission has made. Each class has a topic of its own, so that a backlog of one can
   * be left where it is without another behind it.
   */
  private static KStream<byte[], byte[]> fresh(KStream<byte[], Object> admitted, Steps steps) {
    if (!steps.fingerprintHop()) {
      return accepted(admitted, Names.ACCEPTED);
    }
    return hop(admitted, Names.ACCEPTED_URGENT, Names.URGENT_JOBS, steps)
        .merge(hop(admitted, Names.ACCEPTED, Names.JOBS, steps), Named.as(Names.DUE_JOBS))
        .merge(
            hop(admitted, Names.ACCEPTED_BACKGROUND, Names.BACKGROUND_JOBS, steps),
            Named.as(Names.FRESH_JOBS));
  }

  private static KStream<byte[], byte[]> accepted(KStream<byte[], Object> admitted, String name) {
    return admitted.mapValues(job -> (byte[]) job, Named.as(name));
  }

  private static KStream<byte[], byte[]> hop(
      KStream<byte[], Object> admitted, String accepted, String jobs, Steps steps) {
    return accepted(admitted, accepted).repartition(internal(jobs, steps));
  }

  static Repartitioned<byte[], byte[]> internal(String topic, Steps steps) {
    return Repartitioned.<byte[], byte[]>as(topic)
        .withKeySerde(BYTES)
        .withValueSerde(BYTES)
        .withNumberOfPartitions(steps.jobPartitions());
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
    String invocation = steps.budgets().isOn() ? Names.CALLABLE : Names.INVOCATION;
    return jobs.process(
        () -> new DedupStep(steps.settlement().answers(), Names.OWED, invocation),
        Named.as(Names.DEDUP),
        KnownWork.STORE);
  }

  private static KStream<byte[], Object> invocation(KStream<byte[], Object> known, Steps steps) {
    InvocationStep.Names names =
        new InvocationStep.Names(
            Names.OWED, Names.TO_HOLD, jobTopics(steps), steps.topics().jobsHeld());
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
    written.to(new RunOutput(), Produced.with(BYTES, BYTES).withName(Sinks.RUNS));
    if (steps.budgets().isOn()) {
      write(written, steps.budgetTopic(), Sinks.BUDGET);
    }
  }

  static void write(KStream<byte[], byte[]> stream, String topic, String sink) {
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
    builder.addStateStore(
        AdmissionStep.store(Names.UNREAD).withLoggingEnabled(changelog(SMALL_SEGMENT)));
    builder.addStateStore(store(InvocationStep.FLIGHTS, SMALL_SEGMENT));
    builder.addStateStore(store(KnownWork.STORE, LARGE_SEGMENT));
  }

  /** A small store. */
  static StoreBuilder<?> store(String name) {
    return store(name, SMALL_SEGMENT);
  }

  private static StoreBuilder<?> store(String name, int segmentBytes) {
    return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.Bytes(), BYTES)
        .withCachingDisabled()
        .withLoggingEnabled(changelog(segmentBytes));
  }

  /** Eager cleaning: what is settled, and the word that it is, leave the changelog soon. */
  private static Map<String, String> changelog(int segmentBytes) {
    return Map.of(
        TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(segmentBytes),
        TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.1",
        TopicConfig.DELETE_RETENTION_MS_CONFIG,
            Long.toString(OrderlyEnd.DELETIONS_KEPT.toMillis()));
  }
}
