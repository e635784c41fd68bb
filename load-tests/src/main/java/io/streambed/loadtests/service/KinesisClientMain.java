/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.service;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/**
 * The bare AWS client of Kinesis, and nothing around it: makes streams, puts numbered records, and
 * reads streams. An order is a word and its arguments; the answer is JSON.
 */
public final class KinesisClientMain {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** PutRecords takes no more. */
  private static final int ENTRIES = 500;

  /** As many as the sink has by default. */
  private static final int OPEN_REQUESTS = 8;

  private static final int KEYS = 1_000;
  private static final long PATIENCE_NANOS = 300_000_000_000L;

  private final KinesisAsyncClient client;

  private KinesisClientMain(KinesisAsyncClient client) {
    this.client = client;
  }

  /** Serves until the parent is gone. Flags: {@code --endpoint URL --region NAME}. */
  public static void main(String[] arguments) throws IOException {
    Flags flags = Flags.of(arguments);
    KinesisAsyncClient client =
        KinesisAsyncClient.builder()
            .endpointOverride(URI.create(flags.text("--endpoint")))
            .region(Region.of(flags.text("--region")))
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "key")))
            .httpClient(NettyNioAsyncHttpClient.builder().protocol(Protocol.HTTP1_1).build())
            .build();
    Orders.serve("", new KinesisClientMain(client)::carryOut);
  }

  private String carryOut(String order) throws Exception {
    String[] words = order.split(" ", -1);
    return switch (words[0]) {
      case "create" -> create(words[1], Integer.parseInt(words[2]));
      case "put" ->
          put(
              words[1],
              Integer.parseInt(words[2]),
              Integer.parseInt(words[3]),
              Integer.parseInt(words[4]));
      case "get" -> get(words[1], Integer.parseInt(words[2]));
      default -> throw new IOException("there is no order " + order);
    };
  }

  private String create(String stream, int shards) {
    client.createStream(request -> request.streamName(stream).shardCount(shards)).join();
    while (client
            .describeStreamSummary(request -> request.streamName(stream))
            .join()
            .streamDescriptionSummary()
            .streamStatus()
        != StreamStatus.ACTIVE) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    return "{}";
  }

  private String put(String stream, int from, int count, int bytes) throws Exception {
    long began = System.nanoTime();
    Semaphore open = new Semaphore(OPEN_REQUESTS);
    AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();
    for (int next = 0; next < count; next += ENTRIES) {
      List<PutRecordsRequestEntry> entries = new ArrayList<>(ENTRIES);
      for (int n = next; n < Math.min(count, next + ENTRIES); n++) {
        entries.add(entry(from + n, bytes));
      }
      open.acquire();
      client
          .putRecords(request -> request.streamName(stream).records(entries))
          .whenComplete((response, failure) -> {
            if (failure != null) {
              failed.set(failure);
            } else if (response.failedRecordCount() > 0) {
              failed.set(new IllegalStateException("records were refused"));
            }
            open.release();
          });
    }
    open.acquire(OPEN_REQUESTS);
    if (failed.get() != null) {
      throw new IOException(failed.get());
    }
    return answer(count, count, began);
  }

  private static PutRecordsRequestEntry entry(int number, int bytes) {
    byte[] data = new byte[bytes];
    ByteBuffer.wrap(data).putInt(number);
    return PutRecordsRequestEntry.builder()
        .partitionKey("k" + number % KEYS)
        .data(SdkBytes.fromByteArrayUnsafe(data))
        .build();
  }

  private String get(String stream, int count) throws Exception {
    long began = System.nanoTime();
    Set<Integer> numbers = ConcurrentHashMap.newKeySet();
    AtomicLong records = new AtomicLong();
    List<CompletableFuture<Void>> shards = new ArrayList<>();
    for (Shard shard : client.listShards(request -> request.streamName(stream)).join().shards()) {
      String iterator =
          client
              .getShardIterator(request ->
                  request
                      .streamName(stream)
                      .shardId(shard.shardId())
                      .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
              .join()
              .shardIterator();
      shards.add(read(iterator, count, numbers, records, began));
    }
    CompletableFuture.allOf(shards.toArray(CompletableFuture[]::new)).join();
    return answer(records.get(), numbers.size(), began);
  }

  private CompletableFuture<Void> read(
      @Nullable String iterator,
      int count,
      Set<Integer> numbers,
      AtomicLong records,
      long beganNanos) {
    if (iterator == null
        || numbers.size() >= count
        || System.nanoTime() - beganNanos > PATIENCE_NANOS) {
      return CompletableFuture.completedFuture(null);
    }
    return client
        .getRecords(request -> request.shardIterator(iterator))
        .thenCompose(response -> {
          note(response, numbers, records);
          return pause(response)
              .thenCompose(rested ->
                  read(response.nextShardIterator(), count, numbers, records, beganNanos));
        });
  }

  /** A shard that gave nothing is left alone a while: Kinesis allows five reads a second. */
  private static CompletableFuture<Void> pause(GetRecordsResponse response) {
    return response.records().isEmpty()
        ? CompletableFuture.runAsync(
            () -> {}, CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS))
        : CompletableFuture.completedFuture(null);
  }

  private static void note(GetRecordsResponse response, Set<Integer> numbers, AtomicLong records) {
    for (Record record : response.records()) {
      numbers.add(record.data().asByteBuffer().getInt());
      records.incrementAndGet();
    }
  }

  private static String answer(long records, int distinct, long beganNanos) throws IOException {
    return JSON.writeValueAsString(
        Map.of(
            "records", records,
            "distinct", distinct,
            "seconds", (System.nanoTime() - beganNanos) / 1e9));
  }
}
