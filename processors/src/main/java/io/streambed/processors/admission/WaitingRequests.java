/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

import io.streambed.processors.job.PausedPartitions;
import io.streambed.processors.job.SourceRecord;
import io.streambed.processors.job.StateCodec;
import io.streambed.schemas.state.Unread;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Requests of one task whose schema is not known yet, in the order in which they were read from
 * each partition. While a partition has any it is paused. Owned by the stream thread.
 *
 * <p>A key is the topic, a zero byte, the partition in 4 bytes, the offset in 8 bytes, the highest
 * first: so a partition's requests lie together and in order.
 */
final class WaitingRequests {

  private static final String OWNER = "admission";
  private static final int KEY_TAIL = 1 + Integer.BYTES + Long.BYTES;

  private final KeyValueStore<byte[], byte[]> store;
  private final StateCodec<Unread> codec;
  private final PausedPartitions paused;
  private final AdmissionMetrics metrics;
  private final Map<TopicPartition, Integer> counts = new HashMap<>();

  /** Reads what an earlier owner of the task left, and pauses its partitions. */
  WaitingRequests(
      KeyValueStore<byte[], byte[]> store,
      StateCodec<Unread> codec,
      PausedPartitions paused,
      AdmissionMetrics metrics) {
    this.store = store;
    this.codec = codec;
    this.paused = paused;
    this.metrics = metrics;
    try (KeyValueIterator<byte[], byte[]> all = store.all()) {
      while (all.hasNext()) {
        counted(partition(all.next().key), 1);
      }
    }
  }

  /** Whether there are none. */
  boolean isEmpty() {
    return counts.isEmpty();
  }

  /** Partitions that have any; a copy. */
  List<TopicPartition> partitions() {
    return List.copyOf(counts.keySet());
  }

  /** Whether a partition has any. */
  boolean has(TopicPartition partition) {
    return counts.containsKey(partition);
  }

  /** A request as it is kept. */
  byte[] encode(SourceRecord source) {
    byte[] value = source.value();
    if (value == null) {
      throw new IllegalArgumentException("a record without a value waits for no schema");
    }
    return codec.encode(
        Unread.newBuilder()
            .setSourceTopic(source.topic())
            .setSourcePartition(source.partition())
            .setSourceOffset(source.offset())
            .setRequestedAt(source.timestamp())
            .setKey(source.key() == null ? null : ByteBuffer.wrap(source.key()))
            .setValue(ByteBuffer.wrap(value))
            .setHeaders(source.headers())
            .build());
  }

  /**
   * Keeps a request behind the others of its partition.
   *
   * @param encoded by {@link #encode}
   */
  void add(SourceRecord source, byte[] encoded) {
    TopicPartition partition = new TopicPartition(source.topic(), source.partition());
    byte[] key = key(partition, source.offset());
    // Read a second time, as happens without exactly-once, it must not be counted a second time.
    if (store.putIfAbsent(key, encoded) == null) {
      counted(partition, 1);
    }
  }

  /**
   * Offers a partition's requests, the oldest first, until one is not taken.
   *
   * @param most how many at most
   * @param taker says whether it took the request, which is then forgotten
   * @return how many were taken
   */
  int take(TopicPartition partition, int most, Predicate<SourceRecord> taker) {
    int taken = 0;
    try (KeyValueIterator<byte[], byte[]> waiting =
        store.range(key(partition, 0), key(partition, Long.MAX_VALUE))) {
      while (taken < most && waiting.hasNext()) {
        KeyValue<byte[], byte[]> next = waiting.next();
        if (!taker.test(decode(next.value))) {
          break;
        }
        store.delete(next.key);
        taken++;
      }
    }
    if (taken > 0) {
      counted(partition, -taken);
    }
    return taken;
  }

  /** Lets go of the partitions and the count; what is kept stays kept. */
  void close() {
    partitions().forEach(partition -> counted(partition, -counts.getOrDefault(partition, 0)));
  }

  private void counted(TopicPartition partition, int change) {
    Integer now = counts.merge(partition, change, (a, b) -> a + b == 0 ? null : a + b);
    metrics.waiting(change);
    if (now == null) {
      paused.resume(partition, OWNER);
    } else {
      paused.pause(partition, OWNER);
    }
  }

  private SourceRecord decode(byte[] encoded) {
    Unread unread = codec.decode(encoded);
    return new SourceRecord(
        unread.getSourceTopic(),
        unread.getSourcePartition(),
        unread.getSourceOffset(),
        unread.getRequestedAt(),
        bytes(unread.getKey().orElse(null)),
        bytes(unread.getValue()),
        unread.getHeaders());
  }

  private static byte @Nullable [] bytes(@Nullable ByteBuffer buffer) {
    if (buffer == null) {
      return null;
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static byte[] key(TopicPartition partition, long offset) {
    byte[] topic = partition.topic().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(topic.length + KEY_TAIL)
        .put(topic)
        .put((byte) 0)
        .putInt(partition.partition())
        .putLong(offset)
        .array();
  }

  private static TopicPartition partition(byte[] key) {
    int topic = key.length - KEY_TAIL;
    return new TopicPartition(
        new String(key, 0, topic, StandardCharsets.UTF_8), ByteBuffer.wrap(key).getInt(topic + 1));
  }
}
