/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.rerun;

import io.streambed.cli.cluster.Cluster;
import io.streambed.cli.cluster.KafkaAccess;
import io.streambed.cli.cluster.ValueReader;
import io.streambed.cli.replay.Recorded;
import io.streambed.cli.replay.Skip;
import io.streambed.cli.replay.Verdict;
import io.streambed.processors.admission.Request;
import io.streambed.schemas.EmbeddingRequest;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.RecordHeader;
import io.streambed.schemas.ReplayPlan;
import io.streambed.schemas.ReplayRange;
import io.streambed.schemas.registry.RegistryException;
import io.streambed.schemas.registry.SchemaRegistryClient;
import io.streambed.schemas.replay.Place;
import io.streambed.schemas.serdes.UnreadableRecordException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Reads the ranges of a plan, whatever has become of them: records of any schema version, without a
 * value, unreadable ones, and offsets that are gone. Not for use by several threads.
 */
public final class RecordedReader implements AutoCloseable {

  private static final Duration PIECE = Duration.ofMillis(200);

  private final Consumer<byte[], byte[]> consumer;
  private final SchemaRegistryClient registry;
  private final boolean texts;
  private final ValueReader<PromptRequest> prompts;
  private final ValueReader<EmbeddingRequest> embeddings;
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private final List<Item> gone = new ArrayList<>();

  private RecordedReader(
      Consumer<byte[], byte[]> consumer, SchemaRegistryClient registry, boolean texts) {
    this.consumer = consumer;
    this.registry = registry;
    this.texts = texts;
    this.prompts = new ValueReader<>(registry, PromptRequest.class);
    this.embeddings = new ValueReader<>(registry, EmbeddingRequest.class);
  }

  /**
   * Opens a reader.
   *
   * @param next where to begin in each partition
   */
  public static RecordedReader open(
      Cluster cluster, KafkaAccess kafka, ReplayPlan plan, Map<Integer, Long> next) {
    RecordedReader reader =
        new RecordedReader(
            kafka.consumer(),
            new SchemaRegistryClient(cluster.registry()),
            plan.getEarlierResults().equals(cluster.topics().embeddingResults()));
    try {
      reader.begin(plan, next);
      return reader;
    } catch (RuntimeException e) {
      reader.close();
      throw kafka.reason(e);
    }
  }

  private void begin(ReplayPlan plan, Map<Integer, Long> next) {
    Map<TopicPartition, Long> begins = new HashMap<>();
    for (ReplayRange range : plan.getRanges()) {
      TopicPartition partition = new TopicPartition(plan.getTopic(), range.getPartition());
      long from = next.getOrDefault(range.getPartition(), range.getFrom());
      if (from < range.getTo()) {
        begins.put(partition, from);
        ends.put(partition, range.getTo());
      }
    }
    consumer.assign(begins.keySet());
    Map<TopicPartition, Long> oldest = consumer.beginningOffsets(begins.keySet());
    begins.forEach((partition, from) -> {
      long begin = Math.max(from, oldest.getOrDefault(partition, from));
      long reached = Math.min(begin, ends.getOrDefault(partition, begin));
      if (reached > from) {
        gone.add(new Item.Gap(partition.partition(), reached, true));
      }
      consumer.seek(partition, reached);
    });
  }

  /** The next items; none does not mean that there are none any more. */
  public List<Item> poll() {
    List<Item> items = new ArrayList<>(gone);
    gone.clear();
    if (ends.isEmpty()) {
      return items;
    }
    // One that is read to its end stays assigned: what is on its way for it would be complained of.
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(PIECE)) {
      TopicPartition partition = new TopicPartition(record.topic(), record.partition());
      if (record.offset() < ends.getOrDefault(partition, 0L)) {
        items.add(item(record));
      }
    }
    for (TopicPartition partition : List.copyOf(ends.keySet())) {
      long end = ends.getOrDefault(partition, 0L);
      if (consumer.position(partition) >= end) {
        ends.remove(partition);
        consumer.pause(List.of(partition));
        items.add(new Item.Gap(partition.partition(), end, false));
      }
    }
    return items;
  }

  /** Whether all was read. */
  public boolean isAtEnd() {
    return ends.isEmpty() && gone.isEmpty();
  }

  private Item item(ConsumerRecord<byte[], byte[]> record) {
    byte[] value = record.value();
    if (value == null) {
      return bad(record, Skip.TOMBSTONE, "no value");
    }
    try {
      return new Item.Request(recorded(record, value));
    } catch (UnreadableRecordException e) {
      return bad(record, Skip.UNREADABLE, "not of its schema, or of another");
    } catch (RegistryException e) {
      return bad(record, Skip.UNREADABLE, "unknown schema");
    }
  }

  private static Item bad(ConsumerRecord<byte[], byte[]> record, Skip why, String reason) {
    return new Item.Bad(record.partition(), record.offset() + 1, new Verdict.Skipped(why, reason));
  }

  private Recorded recorded(ConsumerRecord<byte[], byte[]> record, byte[] value) {
    return new Recorded(
        new Place(record.topic(), record.partition(), record.offset()),
        Instant.ofEpochMilli(Math.max(0, record.timestamp())),
        record.key(),
        headers(record),
        texts ? new Request.Text(embeddings.read(value)) : new Request.Prompt(prompts.read(value)));
  }

  private static List<RecordHeader> headers(ConsumerRecord<byte[], byte[]> record) {
    List<RecordHeader> headers = new ArrayList<>();
    for (Header header : record.headers()) {
      byte @Nullable [] value = header.value();
      headers.add(new RecordHeader(header.key(), value == null ? null : ByteBuffer.wrap(value)));
    }
    return headers;
  }

  @Override
  public void close() {
    consumer.close();
    registry.close();
  }
}
