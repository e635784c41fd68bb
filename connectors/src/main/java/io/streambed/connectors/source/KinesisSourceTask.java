/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.source;

import io.streambed.connectors.PluginVersion;
import io.streambed.connectors.aws.KinesisClients;
import io.streambed.connectors.source.ShardFeed.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.apache.kafka.connect.source.TransactionContext;
import org.jspecify.annotations.Nullable;

/**
 * Reads its share of the shards. The worker calls all of it on one thread; answers of AWS come over
 * a queue.
 */
public final class KinesisSourceTask extends SourceTask {

  /** After it the worker is given control, whether there are records or not. */
  private static final Duration LONGEST_POLL = Duration.ofMillis(500);

  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private @Nullable KinesisClients clients;
  private @Nullable ShardReaders readers;
  private TransactionPace pace = new TransactionPace(1);
  private int pollRecords = 1;

  /** For the worker, which calls {@link #start} next. */
  public KinesisSourceTask() {}

  @Override
  public String version() {
    return PluginVersion.get();
  }

  @Override
  public void start(Map<String, String> settings) {
    KinesisSourceConfig config = new KinesisSourceConfig(settings);
    TaskAssignment assignment =
        TaskAssignment.of(settings.getOrDefault(TaskAssignment.SETTING, ""));
    KinesisClients opened = KinesisClients.open(config.aws(), !assignment.consumers().isEmpty());
    clients = opened;
    pollRecords = config.pollRecords();
    pace = new TransactionPace(config.transactionRecords());
    StartingPoints start =
        StartingPoints.of(
            assignment.shards(),
            stored(assignment.shards()),
            config.start(),
            config.startTime(),
            Instant.now());
    readers =
        new ShardReaders(
            config,
            assignment.shards(),
            start,
            (shard, position, now) -> feed(opened, config, assignment, shard, position, now),
            new SourceMetrics(context.pluginMetrics()),
            InstantSource.system(),
            RandomGenerator.getDefault());
  }

  private ShardFeed feed(
      KinesisClients opened,
      KinesisSourceConfig config,
      TaskAssignment assignment,
      ShardId shard,
      Position position,
      long now) {
    String consumer = assignment.consumers().get(shard.stream());
    return consumer == null
        ? new PollingFeed(opened.kinesis(), config, shard, position, answers::add, now)
        : new FanOutFeed(opened.kinesis(), consumer, shard, position, answers::add, now);
  }

  /** Offsets of the shards and of their parents: a parent's says whether a child may be read. */
  private Map<ShardId, Position> stored(List<ShardInfo> shards) {
    Set<ShardId> asked = new TreeSet<>();
    for (ShardInfo shard : shards) {
      asked.add(shard.id());
      asked.addAll(shard.parents());
    }
    return StoredOffsets.read(context.offsetStorageReader(), asked);
  }

  @Override
  public @Nullable List<SourceRecord> poll() throws InterruptedException {
    ShardReaders reading = readers;
    if (reading == null) {
      throw new ConnectException("the task is not started");
    }
    long end = System.nanoTime() + LONGEST_POLL.toNanos();
    while (true) {
      long now = System.nanoTime();
      reading.advance(now);
      takeAnswers(reading, now);
      if (!reading.isEmpty()) {
        return handOver(reading);
      }
      long patience = Math.min(end - now, reading.dueIn(now));
      if (end - now <= 0) {
        return null;
      }
      Answer answer = answers.poll(Math.max(patience, 0), TimeUnit.NANOSECONDS);
      if (answer != null) {
        reading.take(answer, System.nanoTime());
      }
    }
  }

  private void takeAnswers(ShardReaders reading, long now) {
    for (Answer answer = answers.poll(); answer != null; answer = answers.poll()) {
      reading.take(answer, now);
    }
  }

  private List<SourceRecord> handOver(ShardReaders reading) {
    List<SourceRecord> records = reading.next(pollRecords);
    TransactionContext transactions = context.transactionContext();
    if (transactions != null) {
      for (int i = 0; i < records.size(); i++) {
        SourceRecord record = records.get(i);
        boolean whole = !record.sourceOffset().containsKey(Position.SUBSEQUENCE);
        if (pace.endsWith(whole, i == records.size() - 1 && reading.isEmpty())) {
          transactions.commitTransaction(record);
        }
      }
    }
    return records;
  }

  @Override
  public void stop() {
    if (readers != null) {
      readers.close();
    }
    if (clients != null) {
      clients.close();
    }
  }
}
