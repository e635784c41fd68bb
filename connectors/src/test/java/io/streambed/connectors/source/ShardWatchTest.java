/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.connectors.aws.AwsRequests;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.HashKeyRange;
import software.amazon.awssdk.services.kinesis.model.LimitExceededException;
import software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.ListStreamsRequest;
import software.amazon.awssdk.services.kinesis.model.ListStreamsResponse;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.Shard;

class ShardWatchTest {

  private final Account kinesis = new Account();
  private final AtomicInteger sharedOut = new AtomicInteger();
  private final AwsRequests requests = new AwsRequests(1, Duration.ofSeconds(5));
  private @Nullable ShardWatch watch;

  @AfterEach
  void close() {
    if (watch != null) {
      watch.close();
    }
    requests.close();
  }

  @Test
  void aMatchingStreamThatCannotBeListedForAMomentStaysWithItsTask() {
    // Given
    kinesis.streams.addAll(List.of("team-a", "team-b"));
    ShardWatch watching = watching(Map.of("streams.pattern", "team-.*"));
    assertThat(streams(watching)).containsExactlyInAnyOrder("team-a", "team-b");

    // When
    kinesis.failures.put("team-b", LimitExceededException.builder().build());
    watching.lookAgain();

    // Then
    assertThat(sharedOut).hasValue(0);
    assertThat(streams(watching)).containsExactlyInAnyOrder("team-a", "team-b");

    // When
    kinesis.failures.clear();
    watching.lookAgain();

    // Then
    assertThat(sharedOut).hasValue(0);
  }

  @Test
  void aMatchingStreamThatIsDeletedIsTakenFromItsTask() {
    // Given
    kinesis.streams.addAll(List.of("team-a", "team-b"));
    ShardWatch watching = watching(Map.of("streams.pattern", "team-.*"));
    streams(watching);

    // When: it is listed still, but is not there
    kinesis.failures.put("team-b", ResourceNotFoundException.builder().build());
    watching.lookAgain();

    // Then
    assertThat(sharedOut).hasValue(1);
    assertThat(streams(watching)).containsExactly("team-a");
  }

  @Test
  void aMatchingStreamThatCannotBeListedYetIsReadOnceItCan() {
    // Given
    kinesis.streams.addAll(List.of("team-a", "team-b"));
    kinesis.failures.put("team-b", LimitExceededException.builder().build());
    ShardWatch watching = watching(Map.of("streams.pattern", "team-.*"));
    assertThat(streams(watching)).containsExactly("team-a");

    // When
    kinesis.failures.clear();
    watching.lookAgain();

    // Then
    assertThat(sharedOut).hasValue(1);
    assertThat(streams(watching)).containsExactlyInAnyOrder("team-a", "team-b");
  }

  @Test
  void aStreamThatIsNamedStaysWithItsTaskEvenWhenItIsGone() {
    // Given
    kinesis.streams.add("orders");
    ShardWatch watching = watching(Map.of("streams", "orders"));
    assertThat(streams(watching)).containsExactly("orders");

    // When
    kinesis.failures.put("orders", ResourceNotFoundException.builder().build());
    watching.lookAgain();

    // Then: its task says why
    assertThat(sharedOut).hasValue(0);
    assertThat(streams(watching)).containsExactly("orders");
  }

  private ShardWatch watching(Map<String, String> settings) {
    ShardWatch watching =
        new ShardWatch(
            new KinesisSourceConfig(settings),
            new Catalogue(kinesis, requests),
            new NoOffsets(),
            sharedOut::incrementAndGet);
    watch = watching;
    return watching;
  }

  /** Those whose shards are shared out now. */
  private static List<String> streams(ShardWatch watching) {
    return watching.shares(1).stream()
        .flatMap(share -> share.shards().stream())
        .map(shard -> shard.id().stream().name())
        .toList();
  }

  /** Streams of one shard each, some of which cannot be listed. */
  private static final class Account implements KinesisAsyncClient {
    private final TreeSet<String> streams = new TreeSet<>();
    private final Map<String, RuntimeException> failures = new HashMap<>();

    @Override
    public CompletableFuture<ListStreamsResponse> listStreams(ListStreamsRequest request) {
      return CompletableFuture.completedFuture(
          ListStreamsResponse.builder().streamNames(streams).hasMoreStreams(false).build());
    }

    @Override
    public CompletableFuture<ListShardsResponse> listShards(ListShardsRequest request) {
      RuntimeException failure = failures.get(request.streamName());
      return failure != null
          ? CompletableFuture.failedFuture(failure)
          : CompletableFuture.completedFuture(
              ListShardsResponse.builder()
                  .shards(
                      Shard.builder()
                          .shardId("shardId-000000000000")
                          .hashKeyRange(
                              HashKeyRange.builder()
                                  .startingHashKey(Shards.ALL.from().toString())
                                  .endingHashKey(Shards.ALL.to().toString())
                                  .build())
                          .build())
                  .build());
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

  private static final class NoOffsets implements OffsetStorageReader {
    @Override
    public <T> @Nullable Map<String, Object> offset(Map<String, T> partition) {
      return null;
    }

    @Override
    public <T> Map<Map<String, T>, Map<String, Object>> offsets(
        Collection<Map<String, T>> partitions) {
      return Map.of();
    }
  }
}
