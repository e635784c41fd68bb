/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.streambed.local.kafka.KafkaOptions;
import io.streambed.local.kafka.LocalKafka;
import io.streambed.local.registry.LocalRegistry;
import io.streambed.schemas.PromptRequest;
import io.streambed.schemas.registry.RegistryUnavailableException;
import io.streambed.schemas.serdes.AvroDeserializer;
import io.streambed.schemas.serdes.AvroSerializer;
import io.streambed.schemas.serdes.Samples;
import io.streambed.schemas.serdes.SerdeConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** What a user of plain Kafka clients writes. */
class PlainClientsIT {

  @Test
  void aConsumerKeepsItsPlaceWhileTheRegistryIsDown() throws Exception {
    try (LocalKafka kafka = LocalKafka.start(KafkaOptions.ephemeral());
        LocalRegistry registry = LocalRegistry.start("127.0.0.1", 0);
        KafkaConsumer<String, PromptRequest> consumer = consumer(kafka, registry)) {
      // Given
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
        admin
            .createTopics(List.of(new NewTopic("prompts", 1, (short) 1)))
            .all()
            .get(30, TimeUnit.SECONDS);
      }
      try (KafkaProducer<String, PromptRequest> producer = producer(kafka, registry)) {
        producer
            .send(new ProducerRecord<>("prompts", "k", Samples.prompt()))
            .get(30, TimeUnit.SECONDS);
      }
      TopicPartition partition = new TopicPartition("prompts", 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      registry.stop();

      // When
      Throwable failure = catchThrowable(() -> read(consumer));
      registry.restart();

      // Then
      assertThat(failure).hasRootCauseInstanceOf(RegistryUnavailableException.class);
      assertThat(read(consumer).value()).isEqualTo(Samples.prompt());
    }
  }

  private static ConsumerRecord<String, PromptRequest> read(
      KafkaConsumer<String, PromptRequest> consumer) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (System.nanoTime() - end < 0) {
      for (ConsumerRecord<String, PromptRequest> record : consumer.poll(Duration.ofSeconds(1))) {
        return record;
      }
    }
    throw new AssertionError("no record came");
  }

  private static KafkaProducer<String, PromptRequest> producer(
      LocalKafka kafka, LocalRegistry registry) {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            kafka.bootstrapServers(),
            "key.serializer",
            StringSerializer.class,
            "value.serializer",
            AvroSerializer.class,
            SerdeConfig.URLS,
            registry.url()));
  }

  private static KafkaConsumer<String, PromptRequest> consumer(
      LocalKafka kafka, LocalRegistry registry) {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            kafka.bootstrapServers(),
            "isolation.level",
            "read_committed",
            "key.deserializer",
            StringDeserializer.class,
            "value.deserializer",
            AvroDeserializer.class,
            SerdeConfig.URLS,
            registry.url(),
            SerdeConfig.RETRIES,
            1,
            SerdeConfig.RECORD,
            PromptRequest.class));
  }
}
