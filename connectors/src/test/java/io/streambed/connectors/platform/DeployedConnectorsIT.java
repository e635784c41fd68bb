/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streambed.connectors.avro.AvroConverter;
import io.streambed.connectors.kpl.UserRecord;
import io.streambed.local.kafka.KafkaOptions;
import io.streambed.local.kafka.LocalKafka;
import io.streambed.local.registry.LocalRegistry;
import io.streambed.schemas.registry.RegistryConfig;
import io.streambed.schemas.registry.SchemaRegistryClient;
import io.streambed.schemas.serdes.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The shipped configurations of our own connectors, as a worker judges and runs them. */
@EnabledIf(
    value = "io.streambed.connectors.platform.KinesisEmulator#available",
    disabledReason = KinesisEmulator.WHY_NOT)
class DeployedConnectorsIT {

  /** Settings whose names are open, so that a worker does not list them when it validates. */
  private static final List<String> UNLISTED = List.of("topic.creation.", "value.converter.");

  private static final Duration LIMIT = Duration.ofSeconds(90);

  /** Of the line that the converter logs each time that the registry did not answer. */
  private static final Pattern WAITS = Pattern.compile("the schema registry is of no help now");

  private static final Schema EVENT =
      SchemaBuilder.record("Event").fields().requiredInt("n").endRecord();

  private static final ObjectMapper JSON = new ObjectMapper();

  private static LocalKafka kafka;
  private static KinesisEmulator kinesis;
  private static ConnectWorker worker;

  @BeforeAll
  static void start() throws Exception {
    kafka = LocalKafka.start(KafkaOptions.ephemeral());
    kinesis = KinesisEmulator.start();
    worker = ConnectWorker.start(kafka.bootstrapServers());
  }

  @AfterAll
  static void stop() {
    worker.close();
    kinesis.close();
    kafka.close();
  }

  @Test
  void aWorkerKnowsEverySettingAndRefusesNone() throws Exception {
    for (DeployedConnector connector : DeployedConnector.all()) {
      if (!connector.isOurs()) {
        continue;
      }
      // Given
      for (String stream : streams(connector)) {
        kinesis.createStream(stream, 1);
      }

      // When
      Map<String, String> config = new HashMap<>(connector.config());
      config.put("name", connector.name());
      config.putAll(kinesis.settings());
      JsonNode judgement = worker.rest().validate(config);

      // Then
      assertThat(ConnectRest.errors(judgement)).as(connector.name()).isEmpty();
      assertThat(listed(judgement)).as(connector.name()).containsAll(own(connector));
    }
  }

  @Test
  void whileTheRegistryIsDownAWorkerThatIsStoppedAndStartedTakesNoRecordForABadOne()
      throws Exception {
    DeployedConnector sink = DeployedConnector.named("kinesis-usage-events");
    String topic = sink.topics().getFirst();
    String errorTopic = sink.config().getOrDefault("errors.deadletterqueue.topic.name", "");
    kinesis.createStream("outage", 1);
    StreamReader stream = new StreamReader(kinesis.client(), "outage");
    try (LocalRegistry registry = LocalRegistry.start("127.0.0.1", 0);
        CommittedTopic all = CommittedTopic.create(kafka.bootstrapServers(), topic, 1);
        CommittedTopic errors = CommittedTopic.of(kafka.bootstrapServers(), errorTopic)) {
      // Given: a sink as it is shipped, and records that it cannot read now
      int schema = register(registry, topic);
      publish(topic, schema, 20);
      all.reach(20, LIMIT);
      assertThat(all.count()).as("records of the topic").isEqualTo(20);
      registry.stop();
      Map<String, String> config = new HashMap<>(sink.config());
      config.putAll(kinesis.settings());
      config.putAll(
          Map.of(
              "stream",
              "outage",
              "value.converter",
              AvroConverter.class.getName(),
              "value.converter.streambed.registry.urls",
              registry.url(),
              "value.converter.streambed.registry.retries",
              "0"));
      worker.rest().put(sink.name(), config);
      awaitWaiting();

      // When
      worker.stop();
      worker.restart();
      awaitWaiting();

      // Then
      registry.restart();
      await()
          .atMost(LIMIT)
          .failFast("records in " + errorTopic, () -> !errors.poll().isEmpty())
          .until(() -> numbers(stream).size() == 20);
      assertThat(errors.await(1, Duration.ZERO)).isEmpty();
      worker.rest().awaitRunning(sink.name(), 1);
    }
    worker.rest().delete(sink.name());
  }

  /** Until a task has asked the registry in vain once more. */
  private static void awaitWaiting() {
    long before = waits();
    await().atMost(LIMIT).until(() -> waits() > before);
  }

  private static long waits() {
    return WAITS.matcher(worker.log()).results().count();
  }

  private static int register(LocalRegistry registry, String topic) {
    try (SchemaRegistryClient client =
        new SchemaRegistryClient(RegistryConfig.of(URI.create(registry.url())))) {
      return client.register(topic + "-value", EVENT).join();
    }
  }

  private static void publish(String topic, int schema, int count) throws IOException {
    try (Producer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < count; i++) {
        producer.send(new ProducerRecord<>(topic, "k", WireFormat.wrap(schema, event(i))));
      }
    }
  }

  private static byte[] event(int number) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(EVENT)
        .write(new GenericRecordBuilder(EVENT).set("n", number).build(), encoder);
    encoder.flush();
    return bytes.toByteArray();
  }

  /** Numbers of the events that are in a stream. */
  private static Set<Integer> numbers(StreamReader stream) throws IOException {
    Set<Integer> numbers = new HashSet<>();
    for (UserRecord record : stream.all()) {
      numbers.add(JSON.readTree(record.data()).path("n").asInt());
    }
    return numbers;
  }

  /** Streams that it names, or makes of the names of its topics. */
  private static List<String> streams(DeployedConnector connector) {
    List<String> streams = new ArrayList<>(connector.parts("streams"));
    for (String stream : connector.parts("stream")) {
      if (stream.contains("${topic}")) {
        connector.topics().forEach(topic -> streams.add(stream.replace("${topic}", topic)));
      } else {
        streams.add(stream);
      }
    }
    streams.removeIf(String::isEmpty);
    return streams;
  }

  private static List<String> listed(JsonNode judgement) {
    List<String> names = new ArrayList<>();
    judgement
        .path("configs")
        .forEach(setting -> names.add(setting.path("value").path("name").asText()));
    return names;
  }

  private static List<String> own(DeployedConnector connector) {
    return connector.config().keySet().stream()
        .filter(setting -> UNLISTED.stream().noneMatch(setting::startsWith))
        .toList();
  }
}
