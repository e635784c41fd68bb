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
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StartingPosition;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEvent;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEventStream;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardRequest;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardResponseHandler;

/**
 * Has a shard's records pushed: one event at a time is let through, so that a task that is full
 * slows the stream down. Of the task's thread, but for {@link Events}.
 */
final class FanOutFeed implements ShardFeed {

  private final KinesisAsyncClient client;
  private final String consumer;
  private final ShardId shard;
  private final Consumer<Answer> answers;
  private final Pace pace;
  private StartingPosition from;
  private @Nullable Events events;
  private boolean closed;

  /**
   * @param consumer ARN of the registered consumer
   */
  FanOutFeed(
      KinesisAsyncClient client,
      String consumer,
      ShardId shard,
      Position position,
      Consumer<Answer> answers,
      long now) {
    this.client = client;
    this.consumer = consumer;
    this.shard = shard;
    this.from = starting(position);
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
    if (events != null) {
      events.next();
    } else {
      subscribe();
    }
  }

  private void subscribe() {
    Events subscriber = new Events();
    events = subscriber;
    client
        .subscribeToShard(
            SubscribeToShardRequest.builder()
                .consumerARN(consumer)
                .shardId(shard.shard())
                .startingPosition(from)
                .build(),
            SubscribeToShardResponseHandler.builder().subscriber(() -> subscriber).build())
        .whenComplete((nothing, failure) ->
            answers.accept(
                new Answer(this, failure == null ? new Reply.Over() : new Reply.Failed(failure))));
  }

  @Override
  public long dueIn(long now) {
    return closed ? Long.MAX_VALUE : pace.dueIn(now);
  }

  @Override
  public Optional<Batch> take(Reply reply, long now, RandomGenerator random) {
    return switch (reply) {
      case Reply.Pushed pushed -> {
        pace.answered(now);
        yield Optional.of(batch(pushed.event()));
      }
      case Reply.Over over -> {
        events = null;
        pace.answered(now);
        yield Optional.empty();
      }
      case Reply.Failed failed -> {
        events = null;
        if (!closed) {
          pace.failed(failed.failure(), now, random);
        }
        yield Optional.empty();
      }
      case Reply.Iterator place -> throw new IllegalStateException("a subscription has no place");
      case Reply.Read read -> throw new IllegalStateException("a subscription does not read");
    };
  }

  @Override
  public long throttled() {
    return pace.throttled();
  }

  @Override
  public void close() {
    closed = true;
    if (events != null) {
      events.cancel();
    }
  }

  private Batch batch(SubscribeToShardEvent event) {
    List<Record> records = event.records();
    String continuation = event.continuationSequenceNumber();
    if (continuation != null) {
      from = starting(new Position.After(continuation));
    }
    Long behind = event.millisBehindLatest();
    return new Batch(
        records,
        Duration.ofMillis(behind == null ? 0 : behind),
        continuation == null || !event.childShards().isEmpty(),
        event.childShards());
  }

  private StartingPosition starting(Position position) {
    StartingPosition.Builder start = StartingPosition.builder();
    return switch (position) {
      case Position.Beginning all -> start.type(ShardIteratorType.TRIM_HORIZON).build();
      case Position.From time ->
          start.type(ShardIteratorType.AT_TIMESTAMP).timestamp(time.time()).build();
      case Position.After after ->
          start
              .type(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
              .sequenceNumber(after.sequence())
              .build();
      case Position.Within within ->
          start
              .type(ShardIteratorType.AT_SEQUENCE_NUMBER)
              .sequenceNumber(within.sequence())
              .build();
      case Position.Ended ended -> throw new IllegalStateException("the shard has ended");
    };
  }

  /** One subscription; its methods are called by the AWS client's threads and by the task's. */
  private final class Events implements Subscriber<SubscribeToShardEventStream> {
    private volatile @Nullable Subscription subscription;
    private volatile boolean cancelled;

    @Override
    public void onSubscribe(Subscription started) {
      subscription = started;
      if (cancelled) {
        started.cancel();
      } else {
        started.request(1);
      }
    }

    @Override
    public void onNext(SubscribeToShardEventStream event) {
      if (event instanceof SubscribeToShardEvent records) {
        answers.accept(new Answer(FanOutFeed.this, new Reply.Pushed(records)));
      } else {
        next();
      }
    }

    @Override
    public void onError(Throwable failure) {
      // The request's future fails, too, and tells it.
    }

    @Override
    public void onComplete() {
      // The request's future ends, too.
    }

    void next() {
      Subscription open = subscription;
      if (open != null) {
        open.request(1);
      }
    }

    void cancel() {
      cancelled = true;
      Subscription open = subscription;
      if (open != null) {
        open.cancel();
      }
    }
  }
}
