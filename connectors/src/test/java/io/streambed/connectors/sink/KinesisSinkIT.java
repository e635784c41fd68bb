/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streambed.connectors.aws.AwsConfig;
import io.streambed.connectors.kpl.UserRecord;
import io.streambed.connectors.platform.CommittedTopic;
import io.streambed.connectors.platform.ConnectRest;
import io.streambed.connectors.platform.ConnectWorker;
import io.streambed.connectors.platform.FaultyKinesis;
import io.streambed.connectors.platform.KinesisEmulator;
import io.streambed.connectors.platform.Resharding;
import io.streambed.connectors.platform.StreamReader;
import io.streambed.local.kafka.KafkaOptions;
import io.streambed.local.kafka.LocalKafka;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sink on a real worker, a real broker and an emulator of Kinesis that refuses much.
 *
 * <p>{@code -Dconnectors.sink.records=20000 -Dconnectors.sink.kills=10} make it a long run.
 */
@EnabledIf("io.streambed.connectors.platform.KinesisEmulator#available")
class KinesisSinkIT {

  private static final Logger LOG = LoggerFactory.getLogger(KinesisSinkIT.class);
  private static final int RECORDS = Integer.getInteger("connectors.sink.records", 600);
  private static final int KILLS = Integer.getInteger("connectors.sink.kills", 1);

  /** In order they go a key at a time, and with so many refusals that takes its time. */
  private static final Duration LIMIT = Duration.ofMinutes(2).plusMillis(20L * RECORDS);

  private static final int KEYS = 40;
  private static final ObjectMapper JSON = new ObjectMapper();

  private static LocalKafka kafka;
  private static KinesisEmulator kinesis;
  private static FaultyKinesis faulty;
  private static ConnectWorker worker;

  @BeforeAll
  static void start() throws Exception {
    kafka = LocalKafka.start(KafkaOptions.ephemeral());
    kinesis = KinesisEmulator.start();
    faulty = FaultyKinesis.before(kinesis, System.nanoTime());
    worker =
        ConnectWorker.start(
            kafka.bootstrapServers(),
            Map.of(
                "value.converter", "org.apache.kafka.connect.json.JsonConverter",
                "value.converter.schemas.enable", "false"));
  }

  @AfterAll
  static void stop() {
    worker.close();
    faulty.close();
    kinesis.close();
    kafka.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void eachRecordArrivesInTheOrderOfItsKeyThroughRefusalsASplitAMergeABrokersRestartAndKills(
      boolean aggregates) throws Exception {
    String name = "numbers-" + aggregates;
    kinesis.createStream(name, 3);
    try (CommittedTopic topic = CommittedTopic.create(kafka.bootstrapServers(), name, 2)) {
      // Given
      int pieces = KILLS + 4;
      publish(name, 0, RECORDS / pieces);
      Map<String, String> settings = settings(name, name);
      settings.put("order", "partition.key");
      settings.put("aggregation", Boolean.toString(aggregates));
      worker.rest().put(name, settings);
      StreamReader stream = new StreamReader(kinesis.client(), name);
      awaitMore(stream, 0);

      // When
      Resharding shards = new Resharding(kinesis, name);
      for (int i = 1; i < pieces; i++) {
        int before = stream.all().size();
        publish(name, RECORDS * i / pieces, RECORDS * (i + 1) / pieces);
        switch (i) {
          case 1 -> shards.split();
          case 2 -> shards.merge();
          case 3 -> kafka.restart();
          default -> {
            worker.kill();
            worker.restart();
          }
        }
        awaitMore(stream, before);
      }

      // Then
      await()
          .atMost(LIMIT)
          .pollInterval(Duration.ofSeconds(2))
          .untilAsserted(() -> assertThat(ids(stream.all())).hasSize(RECORDS));
      assertInOrder(stream.all());
      topic.reach(RECORDS, LIMIT);
      assertThat(topic.count()).as("records of the topic").isEqualTo(RECORDS);
    }
    LOG.atInfo()
        .addKeyValue("aggregates", aggregates)
        .addKeyValue("records", RECORDS)
        .addKeyValue("written", new StreamReader(kinesis.client(), name).all().size())
        .addKeyValue("requestsRefused", faulty.requestsRefused())
        .addKeyValue("recordsRefused", faulty.recordsRefused())
        .log("all arrived in order");
    assertThat(faulty.recordsRefused()).isPositive();
    worker.rest().delete(name);
  }

  private static void awaitMore(StreamReader stream, int before) {
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> stream.all().size() > before);
  }

  @Test
  void aRecordThatIsTooLargeGoesToTheErrorTopicAndTheOthersOn() throws Exception {
    kinesis.createStream("large", 1);
    try (CommittedTopic all = CommittedTopic.create(kafka.bootstrapServers(), "large", 1);
        CommittedTopic errors =
            CommittedTopic.create(kafka.bootstrapServers(), "large-errors", 1)) {
      publish("large", 0, 5);
      try (Producer<String, byte[]> producer = producer()) {
        producer.send(
            new ProducerRecord<>(
                "large", "k", ("\"" + "x".repeat(20_000) + "\"").getBytes(StandardCharsets.UTF_8)));
      }
      publish("large", 5, 10);
      all.reach(11, LIMIT);
      Map<String, String> settings = settings("large", "large");
      settings.put("record.max.bytes", "10000");
      settings.put("errors.tolerance", "all");
      settings.put("errors.deadletterqueue.topic.name", "large-errors");
      settings.put("errors.deadletterqueue.topic.replication.factor", "1");
      settings.put("errors.deadletterqueue.context.headers.enable", "true");
      worker.rest().put("large", settings);

      assertThat(errors.await(1, LIMIT)).hasSize(1);
      assertThat(
              new String(
                  errors
                      .poll()
                      .getFirst()
                      .headers()
                      .lastHeader("__connect.errors.exception.message")
                      .value(),
                  StandardCharsets.UTF_8))
          .contains("10000")
          .doesNotContain("xxx");
      StreamReader stream = new StreamReader(kinesis.client(), "large");
      await().atMost(LIMIT).until(() -> ids(stream.all()).size() == 10);
    }
    worker.rest().delete("large");
  }

  @Test
  void aStreamThatIsMissingIsToldBesideItsSetting() {
    Map<String, String> settings = settings("topic", "nowhere");
    settings.put("name", "nowhere");

    assertThat(ConnectRest.errors(worker.rest().validate(settings))).containsOnlyKeys("stream");
  }

  private static Map<String, String> settings(String topic, String stream) {
    Map<String, String> settings = new HashMap<>(kinesis.settings());
    settings.put(AwsConfig.ENDPOINT, faulty.url());
    settings.put("connector.class", KinesisSinkConnector.class.getName());
    settings.put("tasks.max", "2");
    settings.put("topics", topic);
    settings.put("stream", stream);
    return settings;
  }

  private static void publish(String topic, int from, int to) {
    try (Producer<String, byte[]> producer = producer()) {
      for (int i = from; i < to; i++) {
        String value = "{\"key\":\"k%d\",\"n\":%d}".formatted(i % KEYS, i);
        producer.send(
            new ProducerRecord<>(topic, "k" + i % KEYS, value.getBytes(StandardCharsets.UTF_8)));
      }
    }
  }

  private static Producer<String, byte[]> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", kafka.bootstrapServers()),
        new StringSerializer(),
        new ByteArraySerializer());
  }

  private static Set<String> ids(List<UserRecord> records) throws IOException {
    Set<String> ids = new HashSet<>();
    for (UserRecord record : records) {
      ids.add(JSON.readTree(record.data()).path("_id").asText());
    }
    return ids;
  }

  /** A reader that drops what it has seen sees each key's records in their order. */
  private static void assertInOrder(List<UserRecord> records) throws IOException {
    Set<String> seen = new HashSet<>();
    Map<String, List<Integer>> numbers = new HashMap<>();
    for (UserRecord record : records) {
      JsonNode value = JSON.readTree(record.data());
      assertThat(record.partitionKey()).isEqualTo(value.path("key").asText());
      if (seen.add(value.path("_id").asText())) {
        numbers
            .computeIfAbsent(value.path("key").asText(), key -> new ArrayList<>())
            .add(value.path("n").asInt());
      }
    }
    assertThat(numbers).hasSize(KEYS);
    numbers.forEach((key, each) -> assertThat(each).as("order of %s", key).isSorted());
  }
}
