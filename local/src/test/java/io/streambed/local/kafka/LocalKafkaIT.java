/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streambed.local.port.PortTakenException;
import io.streambed.local.port.Ports;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalKafkaIT {
  private static final String TOPIC = "texts";

  @Test
  void aReaderOfCommittedDataSeesACommittedTransactionAndNotAnAbortedOne() throws Exception {
    try (LocalKafka kafka = LocalKafka.start(KafkaOptions.ephemeral())) {
      // Given
      createTopic(kafka);

      // When
      try (KafkaProducer<String, String> producer = producer(kafka)) {
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(TOPIC, "aborted"));
        producer.flush();
        producer.abortTransaction();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(TOPIC, "committed"));
        producer.commitTransaction();
      }

      // Then
      assertThat(read(kafka, 1)).containsExactly("committed");
    }
  }

  @Test
  void aBrokerThatIsStartedAgainKeepsItsAddressAndItsData() throws Exception {
    try (LocalKafka kafka = LocalKafka.start(KafkaOptions.ephemeral())) {
      // Given
      createTopic(kafka);
      String address = kafka.bootstrapServers();
      try (KafkaProducer<String, String> producer = producer(kafka)) {
        producer.initTransactions();
        send(producer, "before");

        // When: the same producer goes on after the restart
        kafka.restart();
        send(producer, "after");
      }

      // Then
      assertThat(kafka.bootstrapServers()).isEqualTo(address);
      assertThat(read(kafka, 2)).containsExactly("before", "after");
    }
  }

  @Test
  void aDataFolderOutlivesTheBrokerAndATemporaryOneDoesNot(@TempDir Path folder) throws Exception {
    // Given
    KafkaOptions options = KafkaOptions.ephemeral().withDataDir(folder);
    try (LocalKafka first = LocalKafka.start(options)) {
      createTopic(first);
      try (KafkaProducer<String, String> producer = producer(first)) {
        producer.initTransactions();
        send(producer, "kept");
      }
    }

    // When
    try (LocalKafka second = LocalKafka.start(options)) {
      // Then
      assertThat(read(second, 1)).containsExactly("kept");
    }
    assertThat(Files.exists(folder.resolve("meta.properties"))).isTrue();
  }

  @Test
  void aSettingOfTheCallersTakesThePlaceOfOurs() throws Exception {
    // Given
    String setting = "group.min.session.timeout.ms";
    KafkaOptions options = KafkaOptions.ephemeral().withSettings(Map.of(setting, "6001"));

    // When
    try (LocalKafka kafka = LocalKafka.start(options);
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, "1");
      var described = admin.describeConfigs(List.of(broker)).all().get();

      // Then
      assertThat(described.values())
          .singleElement()
          .satisfies(config -> assertThat(config.get(setting).value()).isEqualTo("6001"));
    }
  }

  @Test
  void aPortThatIsTakenIsToldWithTheFlagThatChangesIt() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      // Then
      assertThatThrownBy(
              () -> LocalKafka.start(KafkaOptions.ephemeral().withPort(taken.getLocalPort())))
          .isInstanceOf(PortTakenException.class)
          .hasMessage(
              "Kafka cannot listen on 127.0.0.1:%d because the port is taken; stop what uses it, or choose another port with --kafka-port"
                  .formatted(taken.getLocalPort()));
    }
  }

  @Test
  void aBrokerThatGivesUpDoesNotEndTheJvm() {
    // Given
    ExitTrap.set();

    // Then
    assertThatThrownBy(() -> Exit.halt(1)).isInstanceOf(BrokerStartException.class);
    assertThatThrownBy(() -> Exit.exit(1)).isInstanceOf(BrokerStartException.class);
  }

  @Test
  void onePortTwiceIsAStartToTryAgain(@TempDir Path data) {
    // Given
    int port = Ports.free("127.0.0.1");

    // Then: as any other start that fails
    assertThatThrownBy(() -> Broker.start(port, port, data, KafkaOptions.ephemeral()))
        .isInstanceOf(BrokerStartException.class);
  }

  @Test
  void aFixedPortIsServed() throws Exception {
    // Given
    int port = Ports.free("127.0.0.1");

    // When
    try (LocalKafka kafka = LocalKafka.start(KafkaOptions.ephemeral().withPort(port));
        Admin admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + port))) {
      // Then
      assertThat(kafka.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
      assertThat(admin.describeCluster().nodes().get()).hasSize(1);
    }
  }

  private static void send(KafkaProducer<String, String> producer, String value) {
    producer.beginTransaction();
    producer.send(new ProducerRecord<>(TOPIC, value));
    producer.commitTransaction();
  }

  private static void createTopic(LocalKafka kafka) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }
  }

  private static KafkaProducer<String, String> producer(LocalKafka kafka) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", "test"),
        new StringSerializer(),
        new StringSerializer());
  }

  private static List<String> read(LocalKafka kafka, int count) {
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", kafka.bootstrapServers(),
                "group.id", "test",
                "auto.offset.reset", "earliest",
                "isolation.level", "read_committed"),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.subscribe(List.of(TOPIC));
      long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (values.size() < count && System.nanoTime() < end) {
        consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
      }
    }
    return values;
  }
}
