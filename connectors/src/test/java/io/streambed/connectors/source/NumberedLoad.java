/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.connectors.kpl.Aggregation;
import io.streambed.connectors.kpl.UserRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;

/**
 * Records that are numbered within their keys, part of them aggregated, put in the order of their
 * numbers; and the check that somebody has seen each once and in this order. Of one thread.
 */
final class NumberedLoad {

  private static final int KEYS = 60;
  private static final int ENTRIES = 100;
  private static final int MOST_TOGETHER = 12;

  private final KinesisClient client;
  private final String stream;
  private final RandomGenerator random;
  private final Map<String, Integer> next = new HashMap<>();
  private int put;

  NumberedLoad(KinesisClient client, String stream, RandomGenerator random) {
    this.client = client;
    this.stream = stream;
    this.random = random;
  }

  /** Puts at least so many more. */
  void put(int count) {
    int end = put + count;
    while (put < end) {
      List<PutRecordsRequestEntry> entries = new ArrayList<>();
      for (int i = 0; i < ENTRIES && put < end; i++) {
        entries.add(entry());
      }
      PutRecordsResponse response =
          client.putRecords(request -> request.streamName(stream).records(entries));
      assertThat(response.failedRecordCount()).isZero();
    }
  }

  int count() {
    return put;
  }

  private PutRecordsRequestEntry entry() {
    String key = "key-" + random.nextInt(KEYS);
    byte[] data;
    if (random.nextInt(4) == 0) {
      Aggregation together = new Aggregation();
      int count = random.nextInt(1, MOST_TOGETHER + 1);
      for (int i = 0; i < count; i++) {
        together.add(new UserRecord(key, Optional.empty(), value(key)));
      }
      data = together.bytes();
    } else {
      data = value(key);
    }
    return PutRecordsRequestEntry.builder()
        .partitionKey(key)
        .data(SdkBytes.fromByteArray(data))
        .build();
  }

  private byte[] value(String key) {
    put++;
    return Integer.toString(next.merge(key, 1, Integer::sum)).getBytes(StandardCharsets.UTF_8);
  }

  /** Each once, and those of a key in their order. */
  void assertSeen(List<ConsumerRecord<byte[], byte[]>> records) {
    Map<String, List<Integer>> numbers = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      numbers
          .computeIfAbsent(text(record.key()), key -> new ArrayList<>())
          .add(Integer.valueOf(text(record.value())));
    }
    assertThat(records).as("records seen").hasSize(put);
    next.forEach((key, last) -> {
      List<Integer> seen = numbers.getOrDefault(key, List.of());
      for (int i = 0; i < seen.size(); i++) {
        assertThat(seen.get(i)).as("record %d of %s", i, key).isEqualTo(i + 1);
      }
      assertThat(seen).as("records of %s", key).hasSize(last);
    });
  }

  /** Each at least once, and the first times those of a key in their order. */
  void assertSeenAtLeastOnce(List<ConsumerRecord<byte[], byte[]>> records) {
    Map<String, Set<Integer>> numbers = firstTimes(records);
    next.forEach((key, last) ->
        assertThat(numbers.getOrDefault(key, Set.of()))
            .as("records of %s", key)
            .containsExactlyElementsOf(IntStream.rangeClosed(1, last).boxed().toList()));
  }

  /** How many of them somebody has seen. */
  int seen(List<ConsumerRecord<byte[], byte[]>> records) {
    return firstTimes(records).values().stream().mapToInt(Set::size).sum();
  }

  private static Map<String, Set<Integer>> firstTimes(
      List<ConsumerRecord<byte[], byte[]>> records) {
    Map<String, Set<Integer>> numbers = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      numbers
          .computeIfAbsent(text(record.key()), key -> new LinkedHashSet<>())
          .add(Integer.valueOf(text(record.value())));
    }
    return numbers;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
