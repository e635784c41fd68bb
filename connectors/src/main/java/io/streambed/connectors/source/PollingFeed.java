/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.source;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** Reads a shard by GetRecords, one request after another. Of the task's thread. */
final class PollingFeed implements ShardFeed {

  private final KinesisAsyncClient client;
  private final ShardId shard;
  private final int most;
  private final long interval;
  private final Consumer<Answer> answers;
  private final Pace pace;
  private Position position;
  private @Nullable String iterator;
  private long lastRead;
  private boolean closed;

  PollingFeed(
      KinesisAsyncClient client,
      KinesisSourceConfig config,
      ShardId shard,
      Position position,
      Consumer<Answer> answers,
      long now) {
    this.client = client;
    this.shard = shard;
    this.most = config.readRecords();
    this.interval = config.readInterval().toNanos();
    this.position = position;
    this.answers = answers;
    this.pace = new Pace(shard, now);
  }

  @Override
  public ShardId shard() {
    return shard;
  }

  @Override
  public void advance(long now, boolean room) {
    if (closed || !room || !pace.mayAsk(now)) {
      return;
    }
    pace.asks();
    String from = iterator;
    if (from == null) {
      client
          .getShardIterator(iteratorRequest())
          .whenComplete((response, failure) ->
              answer(
                  failure == null ? new Reply.Iterator(response.shardIterator()) : null, failure));
    } else {
      lastRead = now;
      client
          .getRecords(readRequest(from))
          .whenComplete((response, failure) ->
              answer(failure == null ? new Reply.Read(response) : null, failure));
    }
  }

  @Override
  public long dueIn(long now) {
    return closed ? Long.MAX_VALUE : pace.dueIn(now);
  }

  @Override
  public Optional<Batch> take(Reply reply, long now, RandomGenerator random) {
    return switch (reply) {
      case Reply.Iterator place -> {
        pace.answered(now);
        iterator = place.iterator();
        yield Optional.empty();
      }
      case Reply.Read read -> {
        pace.answered(lastRead + interval);
        yield Optional.of(batch(read.response()));
      }
      case Reply.Failed failed -> {
        if (pace.failed(failed.failure(), now, random)) {
          iterator = null;
        }
        yield Optional.empty();
      }
      case Reply.Pushed pushed -> throw new IllegalStateException("nothing is pushed to a poll");
      case Reply.Over over -> throw new IllegalStateException("a poll has no subscription");
    };
  }

  @Override
  public long throttled() {
    return pace.throttled();
  }

  @Override
  public void close() {
    closed = true;
  }

  private Batch batch(GetRecordsResponse response) {
    iterator = response.nextShardIterator();
    List<Record> records = response.records();
    if (!records.isEmpty()) {
      position = new Position.After(records.getLast().sequenceNumber());
    }
    Long behind = response.millisBehindLatest();
    return new Batch(
        records,
        Duration.ofMillis(behind == null ? 0 : behind),
        iterator == null,
        response.childShards());
  }

  private GetRecordsRequest readRequest(String from) {
    GetRecordsRequest.Builder request = GetRecordsRequest.builder().shardIterator(from).limit(most);
    if (shard.stream().isArn()) {
      request.streamARN(shard.stream().given());
    }
    return request.build();
  }

  private GetShardIteratorRequest iteratorRequest() {
    GetShardIteratorRequest.Builder request =
        GetShardIteratorRequest.builder().shardId(shard.shard());
    if (shard.stream().isArn()) {
      request.streamARN(shard.stream().given());
    } else {
      request.streamName(shard.stream().given());
    }
    return switch (position) {
      case Position.Beginning all ->
          request.shardIteratorType(ShardIteratorType.TRIM_HORIZON).build();
      case Position.From from ->
          request.shardIteratorType(ShardIteratorType.AT_TIMESTAMP).timestamp(from.time()).build();
      case Position.After after ->
          request
              .shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
              .startingSequenceNumber(after.sequence())
              .build();
      // The rest of an aggregated record: it is read again as a whole.
      case Position.Within within ->
          request
              .shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER)
              .startingSequenceNumber(within.sequence())
              .build();
      case Position.Ended ended -> throw new IllegalStateException(shard + " has ended");
    };
  }

  private void answer(@Nullable Reply reply, @Nullable Throwable failure) {
    Reply what =
        reply != null
            ? reply
            : new Reply.Failed(failure == null ? new IllegalStateException("no answer") : failure);
    answers.accept(new Answer(this, what));
  }
}
