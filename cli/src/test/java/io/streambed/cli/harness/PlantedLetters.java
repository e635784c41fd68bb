/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.harness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streambed.cli.cluster.Published;
import io.streambed.cli.request.Request;
import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.DeadLetterCode;
import io.streambed.schemas.FailureKind;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.Redrive;
import io.streambed.schemas.redrive.RedriveMark;
import io.streambed.schemas.registry.SchemaRegistryClient;
import io.streambed.schemas.serdes.AvroDeserializer;
import io.streambed.schemas.serdes.AvroEncoder;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Requests and their dead letters, written without a platform. For one test thread. */
public final class PlantedLetters implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final PlatformHarness harness;
  private final SchemaRegistryClient registry;
  private final AvroEncoder encoder;
  private final KafkaProducer<byte[], byte[]> producer;

  /** On the services of a harness. */
  public PlantedLetters(PlatformHarness harness) {
    this.harness = harness;
    this.registry = new SchemaRegistryClient(harness.stack().cluster().registry());
    this.encoder =
        new AvroEncoder(
            registry, harness.stack().cluster().naming(), harness.stack().cluster().autoRegister());
    encoder.prepare("prompt-requests", PromptRequest.getClassSchema()).join();
    encoder.prepare("dead-letters", DeadLetter.getClassSchema()).join();
    encoder.prepare("redrives", Redrive.getClassSchema()).join();
    this.producer = producer(Map.of());
  }

  /** A producer of bytes. */
  public KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap());
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Codes records. */
  public AvroEncoder encoder() {
    return encoder;
  }

  /** Publishes so many requests, and a dead letter of each, settled long ago. */
  public List<DeadLetter> plant(int count, DeadLetterCode code, FailureKind kind) {
    return plant(count, code, kind, Optional.empty());
  }

  /**
   * Publishes so many requests, and a dead letter of each.
   *
   * @param settledAt when they were settled; absent for long ago
   */
  public List<DeadLetter> plant(
      int count, DeadLetterCode code, FailureKind kind, Optional<Instant> settledAt) {
    List<Request> requests = new ArrayList<>();
    for (int n = 1; n <= count; n++) {
      requests.add(Sample.prompt(code + "-" + n, "question " + code + " " + n));
    }
    List<Published> places = harness.publish(requests);
    List<DeadLetter> letters = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      letters.add(letter(requests.get(n), places.get(n), code, kind));
    }
    settledAt.ifPresent(time -> letters.forEach(letter -> letter.put("settledAt", time)));
    write(letters);
    return letters;
  }

  /** Writes dead letters. */
  public void write(List<DeadLetter> letters) {
    for (DeadLetter letter : letters) {
      producer.send(new ProducerRecord<>("dead-letters", encoder.encode("dead-letters", letter)));
    }
    producer.flush();
  }

  private DeadLetter letter(
      Request request, Published place, DeadLetterCode code, FailureKind kind) {
    byte[] value = encoder.encode("prompt-requests", request.value());
    Instant at = timestamp(place);
    return DeadLetter.newBuilder()
        .setId(place.id())
        .setTenant("default")
        .setModel("default")
        .setCode(code)
        .setKind(kind)
        .setMessage("it went wrong in the way of " + code)
        .setSourceTopic(place.topic())
        .setSourcePartition(place.partition())
        .setSourceOffset(place.offset())
        .setOriginalValue(ByteBuffer.wrap(value))
        .setOriginalValueLength(value.length)
        .setSpentPicoDollars(1_000_000)
        .setRequestedAt(at)
        .setSettledAt(at.plusMillis(1))
        .build();
  }

  private static Instant timestamp(Published place) {
    return Instant.ofEpochMilli(1_790_000_000_000L + place.offset());
  }

  /**
   * What a reader of committed records finds in a topic, in all partitions. A commit that was just
   * made may not be seen in all of them yet.
   */
  public List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrap(),
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(one -> new TopicPartition(topic, one.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(100)).forEach(all::add);
      }
      return all;
    }
  }

  /** How often each request was redriven, by the place that its new records name. */
  public Map<String, Integer> redriven() {
    Map<String, Integer> times = new TreeMap<>();
    committed("prompt-requests").stream()
        .map(record -> header(record, RedriveMark.OF))
        .filter(of -> !of.isEmpty())
        .forEach(of -> times.merge(of, 1, Integer::sum));
    return times;
  }

  /**
   * Waits until so many were redriven, and each once. The end of a transaction is seen in one
   * partition sooner than in another.
   */
  public void awaitOnce(int count) {
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(redriven()).hasSizeGreaterThanOrEqualTo(count));
    assertThat(redriven())
        .hasSize(count)
        .allSatisfy((of, times) -> assertThat(times).as(of).isEqualTo(1));
  }

  /** A header's text; empty where there is none. */
  public static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), UTF_8);
  }

  /** The request in a dead letter. */
  public static byte[] value(DeadLetter letter) {
    ByteBuffer value = letter.getOriginalValue().orElseThrow().duplicate();
    byte[] bytes = new byte[value.remaining()];
    value.get(bytes);
    return bytes;
  }

  /** What is said to have been done, to readers of committed records. */
  public List<Redrive> redrives() {
    try (AvroDeserializer<Redrive> reader = new AvroDeserializer<>(registry, Redrive.class)) {
      return committed("redrives").stream()
          .map(one -> Objects.requireNonNull(reader.deserialize("redrives", one.value())))
          .toList();
    }
  }

  private String bootstrap() {
    return harness.stack().cluster().bootstrapServers();
  }

  @Override
  public void close() {
    producer.close();
    registry.close();
  }
}
