/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streambed.loadtests.subject.Endpoints;
import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.Redrive;
import io.streambed.schemas.redrive.RedriveMark;
import io.streambed.schemas.registry.RegistryConfig;
import io.streambed.schemas.registry.SchemaRegistryClient;
import io.streambed.schemas.serdes.AvroDeserializer;
import io.streambed.schemas.topics.Topics;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Dead letters and what became of their requests, as readers of committed records see them. */
public final class Redrives implements AutoCloseable {
  private static final Topics TOPICS = Topics.defaults();

  private final String kafka;
  private final SchemaRegistryClient registry;

  /** A reader of what a bench's broker holds. */
  public Redrives(Endpoints endpoints) {
    this.kafka = endpoints.kafka();
    this.registry = new SchemaRegistryClient(RegistryConfig.of(URI.create(endpoints.registry())));
  }

  /**
   * A request that was published again.
   *
   * @param of place of the record that it was published from
   * @param at place of its record
   */
  public record Again(String of, String at) {}

  /** All dead letters, without their requests. */
  public List<DeadLetter> letters() {
    List<DeadLetter> all = new ArrayList<>();
    try (AvroDeserializer<DeadLetter> reader = new AvroDeserializer<>(registry, DeadLetter.class)) {
      read(
          TOPICS.deadLetters(),
          record -> {
            DeadLetter letter =
                Objects.requireNonNull(reader.deserialize(record.topic(), record.value()));
            letter.put("originalValue", null);
            all.add(letter);
          });
    }
    return all;
  }

  /** All that is said to have been done. */
  public List<Redrive> said() {
    List<Redrive> all = new ArrayList<>();
    try (AvroDeserializer<Redrive> reader = new AvroDeserializer<>(registry, Redrive.class)) {
      read(
          TOPICS.redrives(),
          record ->
              all.add(Objects.requireNonNull(reader.deserialize(record.topic(), record.value()))));
    }
    return all;
  }

  /** How many records say that something was done. */
  public int count() {
    List<Integer> one = new ArrayList<>();
    read(TOPICS.redrives(), record -> one.add(1));
    return one.size();
  }

  /** Every request that was published again. */
  public List<Again> again() {
    List<Again> all = new ArrayList<>();
    read(
        TOPICS.promptRequests(),
        record -> {
          Header of = record.headers().lastHeader(RedriveMark.OF);
          if (of != null) {
            String at = record.topic() + "-" + record.partition() + "-" + record.offset();
            all.add(new Again(new String(of.value(), UTF_8), at));
          }
        });
    return all;
  }

  private void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> taker) {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            5_000);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(one -> new TopicPartition(topic, one.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(200)).forEach(taker);
      }
    }
  }

  @Override
  public void close() {
    registry.close();
  }
}
