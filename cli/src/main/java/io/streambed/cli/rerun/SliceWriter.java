/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.rerun;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streambed.cli.cluster.Cluster;
import io.streambed.cli.cluster.KafkaAccess;
import io.streambed.cli.cluster.Schemas;
import io.streambed.cli.replay.CopiedAnswer;
import io.streambed.cli.replay.Recorded;
import io.streambed.cli.replay.Verdict;
import io.streambed.schemas.EmbeddingResult;
import io.streambed.schemas.PromptResult;
import io.streambed.schemas.RecordHeader;
import io.streambed.schemas.ReplayPlan;
import io.streambed.schemas.ReplayProgress;
import io.streambed.schemas.ReplayRun;
import io.streambed.schemas.registry.SchemaRegistryClient;
import io.streambed.schemas.replay.ReplayHeaders;
import io.streambed.schemas.serdes.AvroEncoder;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;

/**
 * Writes slices of a run: what is asked, what is copied, and how far the run has come, in one
 * transaction each. The transactions are the run's own, whichever process makes them: one that goes
 * on with the run ends what an earlier one had begun, and that one can write no more. Not for use
 * by several threads.
 */
final class SliceWriter implements AutoCloseable {

  private static final String RESERVED = "streambed-";

  private final String run;
  private final ReplayPlan plan;
  private final Cluster cluster;
  private final SchemaRegistryClient registry;
  private final AvroEncoder encoder;
  private final Producer<byte[], byte[]> producer;

  SliceWriter(Cluster cluster, KafkaAccess kafka, String run, ReplayPlan plan) {
    this.run = run;
    this.plan = plan;
    this.cluster = cluster;
    this.registry = new SchemaRegistryClient(cluster.registry());
    this.encoder = new AvroEncoder(registry, cluster.naming(), cluster.autoRegister());
    this.producer = kafka.transactionalProducer("streambed-replay-" + run);
    try {
      Schemas.prepare(encoder, cluster.topics().promptResults(), PromptResult.getClassSchema());
      Schemas.prepare(
          encoder, cluster.topics().embeddingResults(), EmbeddingResult.getClassSchema());
      Schemas.prepare(encoder, cluster.topics().replayRuns(), ReplayRun.getClassSchema());
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Makes the run this process's own; what an earlier one had begun is undone. */
  void begin() {
    producer.initTransactions();
  }

  /**
   * Writes a slice.
   *
   * @throws TakenOverException if another process has gone on with the run
   */
  void write(List<Slice.Judged> slice, ReplayProgress progress, Instant now) {
    try {
      producer.beginTransaction();
      for (Slice.Judged judged : slice) {
        switch (judged.verdict().orElse(null)) {
          case Verdict.Known known -> producer.send(copied(known, now));
          case Verdict.Asked asked -> producer.send(asked(asked));
          case Verdict.Skipped skipped -> {}
          case null -> {}
        }
      }
      ReplayRun record = ReplayRun.newBuilder().setRun(run).setProgress(progress).build();
      String topic = cluster.topics().replayRuns();
      producer.send(
          new ProducerRecord<>(
              topic, (run + "/progress").getBytes(UTF_8), encoder.encode(topic, record)));
      producer.commitTransaction();
    } catch (ProducerFencedException | InvalidProducerEpochException e) {
      throw TakenOverException.of(run);
    } catch (KafkaException e) {
      throw e.getCause() instanceof ProducerFencedException
              || e.getCause() instanceof InvalidProducerEpochException
          ? TakenOverException.of(run)
          : e;
    }
  }

  private ProducerRecord<byte[], byte[]> asked(Verdict.Asked asked) {
    Recorded recorded = asked.recorded();
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(cluster.topics().replayRequests(), recorded.key(), asked.value());
    mark(record, recorded);
    add(record, ReplayHeaders.RESULTS, plan.getResults());
    add(record, ReplayHeaders.DEAD_LETTERS, plan.getDeadLetters());
    add(record, ReplayHeaders.BOUND, Long.toString(Math.max(0, asked.boundPicoDollars())));
    return record;
  }

  private ProducerRecord<byte[], byte[]> copied(Verdict.Known known, Instant now) {
    SpecificRecordBase result = CopiedAnswer.of(known, now);
    String coded =
        result instanceof PromptResult
            ? cluster.topics().promptResults()
            : cluster.topics().embeddingResults();
    byte @Nullable [] own = known.recorded().key();
    byte[] key = own == null ? known.recorded().id().getBytes(UTF_8) : own;
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(plan.getResults(), key, encoder.encode(coded, result));
    mark(record, known.recorded());
    add(record, ReplayHeaders.COPIED, "true");
    return record;
  }

  private void mark(ProducerRecord<byte[], byte[]> record, Recorded recorded) {
    for (RecordHeader header : recorded.headers()) {
      if (!header.getKey().toLowerCase(Locale.ROOT).startsWith(RESERVED)) {
        record
            .headers()
            .add(header.getKey(), header.getValue().map(SliceWriter::bytes).orElse(null));
      }
    }
    add(record, ReplayHeaders.RUN, run);
    add(record, ReplayHeaders.SOURCE, recorded.place().toString());
  }

  private static void add(ProducerRecord<byte[], byte[]> record, String name, String value) {
    record.headers().add(name, value.getBytes(UTF_8));
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(10));
    registry.close();
  }
}
