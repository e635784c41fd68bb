/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import io.streambed.connectors.aws.BackOff;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;

/**
 * A running task: takes records from the worker, has them sent, and says what may be committed. Of
 * the task's thread; nothing in it waits but {@link #close()}.
 *
 * <p>What must happen later happens at a later put: the worker calls it after each poll of the
 * consumer, with records or without, and is told how long a poll may take. A full buffer pauses the
 * partitions and refuses no put, so that the worker never hands over the same records twice.
 */
final class Delivery {

  /** While something is under way, how often its answer is looked for when no records come. */
  private static final Duration LOOK = Duration.ofMillis(10);

  /**
   * How often a commit is asked for, beside the worker's own (a minute apart by default): what was
   * sent since the last is sent again after a crash.
   */
  private static final Duration COMMIT = Duration.ofSeconds(5);

  /** A worker gives a task five seconds to stop, "task.shutdown.graceful.timeout.ms". */
  private static final Duration LAST_WAIT = Duration.ofSeconds(2);

  private final SinkTaskContext context;
  private final LongSupplier nanoTime;
  private final SinkMetrics metrics;
  private final Encoding encoding;
  private final Acknowledged acknowledged = new Acknowledged();
  private final Reports reports;
  private final Writer writer;
  private final long bufferBytes;
  private boolean paused;
  private long commitAsked;

  /**
   * @param kinesis sends a request
   * @param nanoTime as {@link System#nanoTime()}
   */
  Delivery(
      KinesisSinkConfig config,
      SinkTaskContext context,
      SinkMetrics metrics,
      Function<PutRecordsRequest, CompletableFuture<PutRecordsResponse>> kinesis,
      RandomGenerator random,
      LongSupplier nanoTime) {
    this.context = context;
    this.nanoTime = nanoTime;
    this.metrics = metrics;
    this.encoding = new Encoding(config);
    this.reports = new Reports(Optional.ofNullable(context.errantRecordReporter()), acknowledged);
    this.writer =
        new Writer(
            kinesis,
            stream ->
                new Sending(
                    stream,
                    new Batching(config.limits(), config.ordered(), config.aggregates()),
                    new Pace(config.requests(), BackOff.USUAL, random),
                    acknowledged,
                    metrics.stream(stream),
                    config.deliveryTimeout()),
            config.requests(),
            nanoTime);
    this.bufferBytes = config.bufferBytes();
    this.commitAsked = nanoTime.getAsLong();
  }

  void open(Collection<TopicPartition> partitions) {
    acknowledged.open(partitions);
    if (paused) {
      context.pause(partitions.toArray(TopicPartition[]::new));
    }
  }

  /** Forgets what waits of these partitions: whoever has them next is given it again. */
  void close(Collection<TopicPartition> partitions) {
    acknowledged.close(partitions);
    metrics.oldest(acknowledged.oldest());
    Set<TopicPartition> gone = Set.copyOf(partitions);
    writer.drop(origin -> gone.contains(origin.partition()));
  }

  /**
   * Takes records, none at times, and goes on with what is there.
   *
   * @throws ConnectException if Kinesis refuses for good, or a record cannot be sent and there is
   *     no error topic
   */
  void put(Collection<SinkRecord> records) {
    takeAnswers();
    long now = nanoTime.getAsLong();
    for (SinkRecord record : records) {
      take(record, now);
    }
    writer.send();
    writer.failure().or(reports::failure).ifPresent(Delivery::fail);
    metrics.held(writer.held());
    metrics.oldest(acknowledged.oldest());
    pauseOrResume();
    askForCommit(now);
    askForCall(now);
  }

  private void take(SinkRecord record, long now) {
    Origin origin = Origin.of(record);
    acknowledged.taken(origin, time(record));
    switch (encoding.encode(record, origin, now)) {
      case Encoded.Ready(Outgoing outgoing) -> writer.add(outgoing);
      case Encoded.Nothing nothing -> acknowledged.done(origin);
      case Encoded.Oversize(String why) -> {
        metrics.countOversize();
        reports.add(record, origin, why);
      }
      case Encoded.Unfit(String why) -> {
        metrics.countUnfit();
        reports.add(record, origin, why);
      }
    }
  }

  /** The record's own time; one without counts as one that is never late. */
  private static long time(SinkRecord record) {
    return Objects.requireNonNullElse(record.timestamp(), Long.MAX_VALUE);
  }

  /**
   * What may be committed. Nothing is sent here: when the worker asks because partitions go, that
   * would make nothing but repeats.
   *
   * @param consumed of each partition the offset after the last record of a put
   */
  Map<TopicPartition, OffsetAndMetadata> committable(
      Map<TopicPartition, OffsetAndMetadata> consumed) {
    takeAnswers();
    metrics.oldest(acknowledged.oldest());
    return acknowledged.committable(consumed);
  }

  private void takeAnswers() {
    writer.takeAnswers();
    reports.takeAnswers();
  }

  private static void fail(ConnectException failure) {
    throw failure;
  }

  private void pauseOrResume() {
    long held = writer.held();
    if (!paused && held >= bufferBytes) {
      paused = true;
      context.pause(assigned());
    } else if (paused && held <= bufferBytes / 2) {
      paused = false;
      context.resume(assigned());
    }
  }

  private TopicPartition[] assigned() {
    return context.assignment().toArray(TopicPartition[]::new);
  }

  private void askForCommit(long now) {
    if (acknowledged.hasAdvanced() && now - commitAsked >= COMMIT.toNanos()) {
      context.requestCommit();
      acknowledged.told();
      commitAsked = now;
    }
  }

  /** Has the worker call put again by the time there is something to do. */
  private void askForCall(long now) {
    long within = writer.dueIn(now);
    if (writer.underWay() > 0 || !reports.isEmpty()) {
      within = Math.min(within, LOOK.toNanos());
    }
    if (acknowledged.hasAdvanced()) {
      within = Math.min(within, commitAsked + COMMIT.toNanos() - now);
    }
    if (within != Long.MAX_VALUE) {
      // Zero would mean no limit.
      context.timeout(Math.max(1, TimeUnit.NANOSECONDS.toMillis(within)));
    }
  }

  /** Waits for answers a little: a request that is cut off may have been taken or not. */
  void close() {
    writer.await(LAST_WAIT);
  }
}
