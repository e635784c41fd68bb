/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.source;

import static io.streambed.connectors.source.Shards.shard;
import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.connectors.platform.FakePluginMetrics;
import io.streambed.connectors.source.ShardFeed.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorResponse;
import software.amazon.awssdk.services.kinesis.model.Record;

class ShardReadersTest {

  private static final int RECORDS = 2_000;
  private static final long LATER = Duration.ofSeconds(1).toNanos();

  private final Endless kinesis = new Endless();
  private final Queue<Answer> answers = new ArrayDeque<>();

  @Test
  void smallRecordsFillTheBufferByWhatTheyCostInMemory() {
    // Given: a buffer of a mebibyte, and records of a few bytes
    KinesisSourceConfig config =
        new KinesisSourceConfig(Map.of("streams", "orders", "buffer.max.bytes", "1048576"));
    try (ShardReaders readers = readers(config)) {
      long now = 0;

      // When: it goes on for as long as it wants
      for (int i = 0; i < 20; i++) {
        now = step(readers, now);
      }

      // Then
      assertThat(kinesis.reads).isEqualTo(1);

      // When: the worker takes them
      assertThat(readers.next(Integer.MAX_VALUE)).hasSize(RECORDS);
      step(readers, now);

      // Then
      assertThat(kinesis.reads).isEqualTo(2);
    }
  }

  private long step(ShardReaders readers, long now) {
    readers.advance(now);
    for (Answer answer = answers.poll(); answer != null; answer = answers.poll()) {
      readers.take(answer, now);
    }
    return now + LATER;
  }

  private ShardReaders readers(KinesisSourceConfig config) {
    List<ShardInfo> shards = List.of(shard("a"));
    return new ShardReaders(
        config,
        shards,
        StartingPoints.of(shards, Map.of(), config.start(), config.startTime(), Instant.EPOCH),
        (shard, position, now) ->
            new PollingFeed(kinesis, config, shard, position, answers::add, now),
        new SourceMetrics(new FakePluginMetrics()),
        InstantSource.system(),
        new Random(1));
  }

  /** Kinesis with a shard that always has more. */
  private static final class Endless implements KinesisAsyncClient {
    private int reads;

    @Override
    public CompletableFuture<GetShardIteratorResponse> getShardIterator(
        GetShardIteratorRequest request) {
      return CompletableFuture.completedFuture(
          GetShardIteratorResponse.builder().shardIterator("first").build());
    }

    @Override
    public CompletableFuture<GetRecordsResponse> getRecords(GetRecordsRequest request) {
      reads++;
      return CompletableFuture.completedFuture(
          GetRecordsResponse.builder()
              .nextShardIterator("next")
              .millisBehindLatest(1L)
              .records(IntStream.range(0, RECORDS).mapToObj(Endless::small).toList())
              .build());
    }

    private static Record small(int number) {
      return Record.builder()
          .sequenceNumber(Integer.toString(number))
          .partitionKey("k")
          .data(SdkBytes.fromUtf8String("small"))
          .approximateArrivalTimestamp(Instant.EPOCH)
          .build();
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
}
