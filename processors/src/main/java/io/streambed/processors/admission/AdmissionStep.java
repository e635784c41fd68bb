/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

import io.streambed.processors.admission.WriterSchemas.Lookup;
import io.streambed.processors.commit.CommitPace;
import io.streambed.processors.job.BudgetRecords;
import io.streambed.processors.job.PausedPartitions;
import io.streambed.processors.job.SourceRecord;
import io.streambed.processors.job.StateCodec;
import io.streambed.schemas.Priority;
import io.streambed.schemas.RecordHeader;
import io.streambed.schemas.state.BudgetEntry;
import io.streambed.schemas.state.BudgetWish;
import io.streambed.schemas.state.Job;
import io.streambed.schemas.state.Unread;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * Turns request records into jobs and rejections. A request whose schema must be fetched is kept in
 * a store, in the transaction that consumes it, and its partition is paused: the stream thread
 * never waits for the registry. Owned by the stream thread of its task.
 *
 * <p>Forwards to two children: a job's key and bytes to one, a {@link
 * io.streambed.processors.job.Rejection} under the request's own key to the other; both stamped
 * with the wall clock, because a topic's retention would delete an old request's job unread.
 */
public final class AdmissionStep implements Processor<byte[], byte[], byte[], Object> {

  private final Parts parts;
  private final Names names;
  private final SchemaFetches fetches;

  private @Nullable ProcessorContext<byte[], Object> context;
  private @Nullable WaitingRequests waiting;
  private @Nullable Cancellable draining;
  private @Nullable CommitPace commits;

  /**
   * What all steps of a process share.
   *
   * @param clock the wall clock
   * @param random spreads retries; used by many threads
   */
  public record Parts(
      WaitingConfig config,
      Intake intake,
      WriterSchemas schemas,
      StateCodec<Unread> unread,
      PausedPartitions paused,
      AdmissionMetrics metrics,
      CommitPace.Settings commits,
      InstantSource clock,
      RandomGenerator random) {}

  /**
   * Names in the topology.
   *
   * @param store of requests that wait, see {@link AdmissionStep#store}
   * @param accepted children that take jobs, by the jobs' class; where none is named, that of
   *     ordinary ones
   * @param budgeted child that takes jobs which ask their tenant's budget first
   * @param rejected child that takes rejections
   */
  public record Names(
      String store, Map<Priority, String> accepted, String budgeted, String rejected) {

    public Names {
      accepted = Map.copyOf(accepted);
      if (!accepted.containsKey(Priority.STANDARD)) {
        throw new IllegalArgumentException("ordinary jobs need a child");
      }
    }

    private String accepted(Job job) {
      String ordinary = accepted.getOrDefault(Priority.STANDARD, "");
      return accepted.getOrDefault(job.getPriority(), ordinary);
    }
  }

  public AdmissionStep(Parts parts, Names names) {
    this.parts = parts;
    this.names = names;
    this.fetches = new SchemaFetches(parts.schemas(), parts.config(), parts.random());
  }

  /** The store of requests that wait for their schema. */
  public static StoreBuilder<KeyValueStore<byte[], byte[]>> store(String name) {
    return Stores.keyValueStoreBuilder(
        Stores.persistentKeyValueStore(name), Serdes.ByteArray(), Serdes.ByteArray());
  }

  @Override
  public void init(ProcessorContext<byte[], Object> context) {
    this.context = context;
    this.commits = new CommitPace(context, parts.commits());
    this.waiting =
        new WaitingRequests(
            context.getStateStore(names.store()), parts.unread(), parts.paused(), parts.metrics());
    drainWhileAnyWaits();
  }

  @Override
  public void process(Record<byte[], byte[]> message) {
    SourceRecord source = source(message);
    switch (parts.intake().look(source)) {
      case Intake.First.Hopeless hopeless -> forward(source, hopeless.decision());
      case Intake.First.Written written -> decideOrKeep(source, written.schemaId());
    }
  }

  @Override
  public void close() {
    if (waiting != null) {
      waiting.close();
    }
    if (commits != null) {
      commits.close();
    }
  }

  private void decideOrKeep(SourceRecord source, int schemaId) {
    boolean queued = waiting().has(new TopicPartition(source.topic(), source.partition()));
    Optional<Decision> decision = queued ? Optional.empty() : decide(source, schemaId);
    if (decision.isEmpty()) {
      decision = keep(source);
    }
    decision.ifPresent(made -> forward(source, made));
  }

  private Optional<Decision> decide(SourceRecord source, int schemaId) {
    Instant now = parts.clock().instant();
    Lookup lookup = fetches.ask(schemaId, now);
    return parts.intake().decide(source, schemaId, lookup, now);
  }

  private Optional<Decision> keep(SourceRecord source) {
    byte[] encoded = waiting().encode(source);
    Optional<Decision> tooLarge = parts.intake().tooLargeToWait(source, encoded.length);
    if (tooLarge.isEmpty()) {
      waiting().add(source, encoded);
      drainWhileAnyWaits();
    }
    return tooLarge;
  }

  private void drain() {
    int left = parts.config().decideAtMost();
    for (TopicPartition partition : waiting().partitions()) {
      left -= waiting().take(partition, left, this::decided);
    }
    drainWhileAnyWaits();
  }

  private boolean decided(SourceRecord source) {
    return switch (parts.intake().look(source)) {
      case Intake.First.Hopeless hopeless -> {
        forward(source, hopeless.decision());
        yield true;
      }
      case Intake.First.Written written -> {
        Optional<Decision> decision = decide(source, written.schemaId());
        decision.ifPresent(made -> forward(source, made));
        yield decision.isPresent();
      }
    };
  }

  /** A punctuator that has nothing to do would still ask for a commit each time. */
  private void drainWhileAnyWaits() {
    if (waiting().isEmpty() && draining != null) {
      draining.cancel();
      draining = null;
    } else if (!waiting().isEmpty() && draining == null) {
      draining =
          context()
              .schedule(
                  parts.config().lookEvery(), PunctuationType.WALL_CLOCK_TIME, now -> drain());
    }
  }

  private void forward(SourceRecord source, Decision decision) {
    long now = parts.clock().millis();
    switch (decision) {
      case Decision.Accepted accepted -> {
        parts.metrics().admitted(accepted.job().getOperation());
        forward(accepted, now);
      }
      case Decision.Rejected rejected -> {
        parts.metrics().rejected(rejected.rejection().failure());
        context().forward(new Record<>(source.key(), rejected.rejection(), now), names.rejected());
      }
    }
    initialised(commits).want();
  }

  /** A job that may cost its tenant's budget something asks there first. */
  private void forward(Decision.Accepted accepted, long now) {
    Job job = accepted.job();
    if (job.getReservedPicoDollars() == 0) {
      context().forward(new Record<>(accepted.key(), accepted.value(), now), names.accepted(job));
      return;
    }
    BudgetWish wish =
        BudgetWish.newBuilder()
            .setAmountPicoDollars(job.getReservedPicoDollars())
            .setDeadline(job.getDeadline().orElse(null))
            .setPriority(job.getPriority())
            .setJob(ByteBuffer.wrap(accepted.value()))
            .setJobKey(ByteBuffer.wrap(accepted.key()))
            .build();
    byte[] entry = BudgetRecords.encode(new BudgetEntry(0L, 0L, wish));
    context()
        .forward(new Record<>(BudgetRecords.key(job.getTenant()), entry, now), names.budgeted());
  }

  private SourceRecord source(Record<byte[], byte[]> message) {
    RecordMetadata place =
        context()
            .recordMetadata()
            .orElseThrow(() -> new IllegalStateException("admission reads source topics only"));
    List<RecordHeader> headers = new ArrayList<>();
    for (Header header : message.headers()) {
      byte[] value = header.value();
      headers.add(new RecordHeader(header.key(), value == null ? null : ByteBuffer.wrap(value)));
    }
    return new SourceRecord(
        place.topic(),
        place.partition(),
        place.offset(),
        Instant.ofEpochMilli(message.timestamp()),
        message.key(),
        message.value(),
        headers);
  }

  private ProcessorContext<byte[], Object> context() {
    return initialised(context);
  }

  private WaitingRequests waiting() {
    return initialised(waiting);
  }

  private static <T> T initialised(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("the step was not initialised");
    }
    return part;
  }
}
