/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.source;

import static io.streambed.connectors.source.Shards.id;
import static io.streambed.connectors.source.Shards.shard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streambed.connectors.aws.AwsRefusedException;
import io.streambed.connectors.platform.FakePluginMetrics;
import io.streambed.connectors.source.ShardFeed.Answer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.model.LimitExceededException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** What is pushed: subscriptions that end, fail and are renewed, and the ends of shards. */
class FanOutFeedTest {

  /** No first pause after a failure is longer. */
  private static final long PAUSE = Duration.ofMillis(250).toNanos();

  private final PushingKinesis kinesis = new PushingKinesis();
  private final Queue<Answer> answers = new ArrayDeque<>();
  private final Random random = new Random(1);

  @Test
  void aSubscriptionThatEndsIsRenewedWhereItWas() {
    // Given
    FanOutFeed feed = feed(new Position.Beginning());
    feed.advance(0, true);
    assertThat(kinesis.last().from().type()).isEqualTo(ShardIteratorType.TRIM_HORIZON);
    kinesis.last().push("7", "a");
    assertThat(take(feed, 0).orElseThrow().records()).hasSize(1);

    // When
    kinesis.last().over().complete(null);
    take(feed, 0);
    feed.advance(0, true);

    // Then
    assertThat(kinesis.subscriptions()).hasSize(2);
    assertThat(kinesis.last().from().type()).isEqualTo(ShardIteratorType.AFTER_SEQUENCE_NUMBER);
    assertThat(kinesis.last().from().sequenceNumber()).isEqualTo("7");
  }

  @Test
  void aSubscriptionThatFailsIsRenewedWhereItWasAfterAPause() {
    // Given
    FanOutFeed feed = feed(new Position.After("3"));
    feed.advance(0, true);
    kinesis.last().push("7", "a");
    take(feed, 0);

    // When
    kinesis.last().over().completeExceptionally(new IOException("reset"));
    take(feed, 0);
    feed.advance(0, true);

    // Then
    assertThat(kinesis.subscriptions()).hasSize(1);
    assertThat(feed.dueIn(0)).isBetween(1L, PAUSE);
    feed.advance(PAUSE, true);
    assertThat(kinesis.subscriptions()).hasSize(2);
    assertThat(kinesis.last().from().sequenceNumber()).isEqualTo("7");
    assertThat(feed.throttled()).isZero();
  }

  @Test
  void aSubscriptionThatIsRefusedAsOneTooManyIsTriedAgainFromTheSamePlace() {
    // Given
    FanOutFeed feed = feed(new Position.Within("3", 1));
    feed.advance(0, true);

    // When
    kinesis.last().over().completeExceptionally(LimitExceededException.builder().build());
    take(feed, 0);
    feed.advance(PAUSE, true);

    // Then
    assertThat(feed.throttled()).isEqualTo(1);
    assertThat(kinesis.subscriptions())
        .hasSize(2)
        .allSatisfy(one -> {
          assertThat(one.from().type()).isEqualTo(ShardIteratorType.AT_SEQUENCE_NUMBER);
          assertThat(one.from().sequenceNumber()).isEqualTo("3");
        });
  }

  @Test
  void aShardThatIsGoneIsToldAsWhatItIs() {
    // Given
    FanOutFeed feed = feed(new Position.Beginning());
    feed.advance(0, true);

    // When
    kinesis.last().over().completeExceptionally(ResourceNotFoundException.builder().build());

    // Then
    assertThatThrownBy(() -> take(feed, 0))
        .isInstanceOf(AwsRefusedException.class)
        .hasMessageContaining("reading shard orders/a failed with ResourceNotFoundException");
  }

  @Test
  void nothingIsLetThroughWhileTheTaskHasNoRoom() {
    // Given
    FanOutFeed feed = feed(new Position.Beginning());
    feed.advance(0, true);
    kinesis.last().push("7", "a");
    take(feed, 0);

    // When
    feed.advance(0, false);
    assertThat(kinesis.last().asked()).isZero();
    feed.advance(0, true);

    // Then
    assertThat(kinesis.last().asked()).isEqualTo(1);
  }

  @Test
  void atTheEndOfAShardItsChildrenAreSubscribedToFromTheirBegins() {
    // Given: a task with a shard that was split, which the connector does not know yet
    KinesisSourceConfig config = new KinesisSourceConfig(Map.of("streams", "orders"));
    try (ShardReaders readers = readers(config)) {
      readers.advance(0);
      PushingKinesis.Subscribed parent = kinesis.last();

      // When
      parent.pushEnd("last", "b", "c");
      readers.take(answers.remove(), 0);
      readers.advance(0);

      // Then
      assertThat(parent.isCancelled()).isTrue();
      assertThat(readers.next(10).stream().map(SourceRecord::sourceOffset).toList())
          .hasSize(2)
          .last()
          .isEqualTo(new Position.Ended().offset());
      assertThat(kinesis.subscriptions().stream().skip(1).toList())
          .allSatisfy(
              child -> assertThat(child.from().type()).isEqualTo(ShardIteratorType.TRIM_HORIZON))
          .extracting(PushingKinesis.Subscribed::shard)
          .containsExactly("b", "c");

      // When: the parent's subscription ends, too
      parent.over().complete(null);
      readers.take(answers.remove(), 0);
      readers.advance(0);

      // Then
      assertThat(kinesis.subscriptions()).hasSize(3);
    }
  }

  private FanOutFeed feed(Position position) {
    return new FanOutFeed(kinesis, "consumer", id("a"), position, answers::add, 0);
  }

  private Optional<Batch> take(FanOutFeed feed, long now) {
    return feed.take(answers.remove().reply(), now, random);
  }

  private ShardReaders readers(KinesisSourceConfig config) {
    List<ShardInfo> shards = List.of(shard("a"));
    return new ShardReaders(
        config,
        shards,
        StartingPoints.of(shards, Map.of(), config.start(), config.startTime(), Instant.EPOCH),
        (shard, position, now) ->
            new FanOutFeed(kinesis, "consumer", shard, position, answers::add, now),
        new SourceMetrics(new FakePluginMetrics()),
        InstantSource.system(),
        random);
  }
}
