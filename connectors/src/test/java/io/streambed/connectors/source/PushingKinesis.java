/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.awssdk.services.kinesis.model.HashKeyRange;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.StartingPosition;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEvent;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEventStream;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardRequest;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardResponseHandler;

/** Kinesis that pushes what a test says, when it says it. Of one thread. */
final class PushingKinesis implements KinesisAsyncClient {

  private final List<Subscribed> subscriptions = new ArrayList<>();

  /** All subscriptions so far. */
  List<Subscribed> subscriptions() {
    return List.copyOf(subscriptions);
  }

  /** The newest. */
  Subscribed last() {
    return subscriptions.getLast();
  }

  /** One subscription. */
  static final class Subscribed implements Subscription {
    private final SubscribeToShardRequest request;
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private @Nullable Subscriber<? super SubscribeToShardEventStream> subscriber;
    private long asked;
    private boolean cancelled;

    private Subscribed(SubscribeToShardRequest request) {
      this.request = request;
    }

    String shard() {
      return request.shardId();
    }

    StartingPosition from() {
      return request.startingPosition();
    }

    /** Its end, for a test to say. */
    CompletableFuture<Void> over() {
      return over;
    }

    /** How many events may come. */
    long asked() {
      return asked;
    }

    boolean isCancelled() {
      return cancelled;
    }

    /** One record, after which it goes on. */
    void push(String sequence, String data) {
      push(event(sequence, data).continuationSequenceNumber(sequence).build());
    }

    /** The last record of a shard with its children. */
    void pushEnd(String data, String... children) {
      push(event("9", data).childShards(Arrays.stream(children).map(this::child).toList()).build());
    }

    private ChildShard child(String child) {
      return ChildShard.builder()
          .shardId(child)
          .parentShards(shard())
          .hashKeyRange(
              HashKeyRange.builder()
                  .startingHashKey(Shards.ALL.from().toString())
                  .endingHashKey(Shards.ALL.to().toString())
                  .build())
          .build();
    }

    private static SubscribeToShardEvent.Builder event(String sequence, String data) {
      return SubscribeToShardEventStream.subscribeToShardEventBuilder()
          .millisBehindLatest(0L)
          .records(
              Record.builder()
                  .sequenceNumber(sequence)
                  .partitionKey("k")
                  .data(SdkBytes.fromUtf8String(data))
                  .approximateArrivalTimestamp(Instant.EPOCH)
                  .build());
    }

    private void push(SubscribeToShardEvent event) {
      assertThat(asked).as("events that may come").isPositive();
      asked--;
      Objects.requireNonNull(subscriber).onNext(event);
    }

    @Override
    public void request(long count) {
      asked += count;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }

  @Override
  public CompletableFuture<Void> subscribeToShard(
      SubscribeToShardRequest request, SubscribeToShardResponseHandler handler) {
    Subscribed subscribed = new Subscribed(request);
    subscriptions.add(subscribed);
    handler.onEventStream(
        SdkPublisher.adapt(subscriber -> {
          subscribed.subscriber = subscriber;
          subscriber.onSubscribe(subscribed);
        }));
    return subscribed.over();
  }

  @Override
  public String serviceName() {
    return "kinesis";
  }

  @Override
  public void close() {
    // There is nothing to close.
  }
}
