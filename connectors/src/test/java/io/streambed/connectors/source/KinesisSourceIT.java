/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streambed.connectors.platform.CommittedTopic;
import io.streambed.connectors.platform.ConnectRest;
import io.streambed.connectors.platform.ConnectWorker;
import io.streambed.connectors.platform.FaultyKinesis;
import io.streambed.connectors.platform.KinesisEmulator;
import io.streambed.local.kafka.KafkaOptions;
import io.streambed.local.kafka.LocalKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import software.amazon.awssdk.core.SdkBytes;

/** The source on a real worker, a real broker and an emulator of Kinesis. */
@EnabledIf("io.streambed.connectors.platform.KinesisEmulator#available")
class KinesisSourceIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
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
  void recordsOfAllShardsArriveOnceAndInOrder() throws Exception {
    kinesis.createStream("plain", 3);
    NumberedLoad load = new NumberedLoad(kinesis.client(), "plain", new Random(7));
    load.put(500);
    try (CommittedTopic topic = CommittedTopic.create(kafka.bootstrapServers(), "plain", 2)) {
      worker.rest().put("plain", settings("plain", Map.of()));
      load.put(500);

      load.assertSeen(topic.await(load.count(), LIMIT));
    }
    worker.rest().delete("plain");
  }

  @Test
  void readsThatAreRefusedAreDoneAgainAndNothingIsLostOrRepeated() throws Exception {
    kinesis.createStream("refused", 2);
    NumberedLoad load = new NumberedLoad(kinesis.client(), "refused", new Random(9));
    try (FaultyKinesis faulty = FaultyKinesis.before(kinesis, 9);
        CommittedTopic topic = CommittedTopic.create(kafka.bootstrapServers(), "refused", 2)) {
      Map<String, String> some = Map.of("aws.endpoint", faulty.url(), "read.max.records", "100");
      worker.rest().put("refused", settings("refused", some));
      load.put(4_000);

      load.assertSeen(topic.await(load.count(), LIMIT));
      assertThat(faulty.requestsRefused()).isPositive();
      assertThat(faulty.iteratorsExpired()).isPositive();
    }
    worker.rest().delete("refused");
  }

  @Test
  void aStreamIsReadByItsArn() throws Exception {
    kinesis.createStream("by-arn", 1);
    String arn = arn("by-arn");
    try (CommittedTopic topic = CommittedTopic.create(kafka.bootstrapServers(), "by-arn", 1)) {
      worker.rest().put("by-arn", settings(arn, Map.of("topic", "${stream}")));
      put("by-arn", "one");

      assertThat(texts(topic.await(1, LIMIT))).containsExactly("one");
    }
    assertThat(worker.rest().offsets("by-arn").toString()).contains(arn);
    worker.rest().delete("by-arn");
  }

  /** The emulator tells a fan-out consumer nothing of a shard's end: see FanOutFeedTest. */
  @Test
  void whatIsPushedToAFanOutConsumerArrivesOnceThroughAKill() throws Exception {
    kinesis.createStream("pushed", 2);
    NumberedLoad load = new NumberedLoad(kinesis.client(), "pushed", new Random(8));
    load.put(300);
    try (CommittedTopic topic = CommittedTopic.create(kafka.bootstrapServers(), "pushed", 2)) {
      // Given
      worker.rest().put("pushed", settings("pushed", Map.of("consumer.name", "streambed")));
      topic.reach(1, LIMIT);
      load.put(300);
      topic.reach(400, LIMIT);

      // When: the same consumer subscribes anew
      worker.kill();
      load.put(300);
      worker.restart();

      // Then
      load.assertSeen(topic.await(load.count(), LIMIT));
    }
    assertThat(
            kinesis
                .client()
                .listStreamConsumers(request -> request.streamARN(arn("pushed")))
                .consumers())
        .singleElement()
        .satisfies(consumer -> assertThat(consumer.consumerName()).isEqualTo("streambed"));
    worker.rest().delete("pushed");
  }

  @Test
  void latestMissesNothingOfWhatCameWhileItWasStopped() throws Exception {
    kinesis.createStream("late", 1);
    put("late", "before");
    try (CommittedTopic topic = CommittedTopic.create(kafka.bootstrapServers(), "late", 1)) {
      // Given: a connector that has begun and has read nothing yet
      worker.rest().put("late", settings("late", Map.of("start.position", "latest")));
      await()
          .atMost(LIMIT)
          .untilAsserted(
              () -> assertThat(worker.rest().offsets("late").path("offsets")).isNotEmpty());
      worker.rest().stop("late");

      // When
      put("late", "meanwhile");
      worker.rest().resume("late");
      topic.reach(1, LIMIT);
      put("late", "after");

      // Then
      assertThat(texts(topic.await(2, LIMIT))).containsExactly("meanwhile", "after");
    }
    worker.rest().delete("late");
  }

  @Test
  void offsetsAreAlteredAndReset() throws Exception {
    kinesis.createStream("again", 1);
    put("again", "one");
    put("again", "two");
    try (CommittedTopic topic = CommittedTopic.create(kafka.bootstrapServers(), "again", 1)) {
      worker.rest().put("again", settings("again", Map.of()));
      List<ConsumerRecord<byte[], byte[]>> first = topic.await(2, LIMIT);
      String sequence =
          new String(
              first.getFirst().headers().lastHeader("kinesis.sequence").value(),
              StandardCharsets.UTF_8);

      // When: from after the first
      worker.rest().stop("again");
      worker
          .rest()
          .alterOffsets(
              "again",
              JSON.readTree(
                  "{\"offsets\":[{\"partition\":{\"stream\":\"again\",\"shard\":\"shardId-000000000000\"},\"offset\":{\"sequence\":\"%s\"}}]}"
                      .formatted(sequence)));
      worker.rest().resume("again");

      // Then
      assertThat(texts(topic.await(3, LIMIT))).containsExactly("one", "two", "two");

      // When: from the begin
      worker.rest().stop("again");
      worker.rest().resetOffsets("again");
      worker.rest().resume("again");

      // Then
      assertThat(texts(topic.await(5, LIMIT))).containsExactly("one", "two", "two", "one", "two");
    }
    worker.rest().delete("again");
  }

  @Test
  void offsetsThatAreNoneOfItsAreRefusedWithTheirForm() throws Exception {
    kinesis.createStream("odd", 1);
    worker.rest().put("odd", settings("odd", Map.of()));
    worker.rest().awaitRunning("odd", 1);
    worker.rest().stop("odd");
    JsonNode odd =
        JSON.readTree(
            "{\"offsets\":[{\"partition\":{\"stream\":\"odd\",\"shard\":\"shardId-000000000000\"},\"offset\":{\"position\":7}}]}");

    org.assertj.core.api.Assertions.assertThatThrownBy(() -> worker.rest().alterOffsets("odd", odd))
        .hasMessageContaining("sequence");
    worker.rest().delete("odd");
  }

  @Test
  void streamsThatMatchAndComeLaterAreFound() throws Exception {
    kinesis.createStream("team-a", 1);
    Map<String, String> settings =
        settings("team-a", Map.of("streams.pattern", "team-.*", "topic", "teams"));
    settings.remove("streams");
    try (CommittedTopic topic = CommittedTopic.create(kafka.bootstrapServers(), "teams", 1)) {
      worker.rest().put("teams", settings);
      put("team-a", "a");
      topic.reach(1, LIMIT);

      kinesis.createStream("team-b", 1);
      put("team-b", "b");

      assertThat(texts(topic.await(2, LIMIT))).containsExactly("a", "b");
    }
    worker.rest().delete("teams");
  }

  @Test
  void aStreamThatIsMissingIsToldBesideItsSetting() {
    Map<String, List<String>> errors =
        ConnectRest.errors(worker.rest().validate(settings("nowhere", Map.of("name", "nowhere"))));

    assertThat(errors).containsOnlyKeys("streams");
    assertThat(String.valueOf(errors.get("streams")))
        .contains("nowhere", "ResourceNotFoundException", "check its name");
  }

  @Test
  void aStreamThatIsDeletedFailsItsTaskWithTheReason() throws Exception {
    kinesis.createStream("gone", 1);
    worker.rest().put("gone", settings("gone", Map.of("shards.refresh.ms", "3600000")));
    worker.rest().awaitRunning("gone", 1);

    kinesis.client().deleteStream(request -> request.streamName("gone"));

    assertThat(worker.rest().awaitFailed("gone"))
        .contains("reading shard gone/shardId-000000000000 failed with ResourceNotFoundException");
    worker.rest().delete("gone");
  }

  private static Map<String, String> settings(String stream, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(kinesis.settings());
    settings.put("connector.class", KinesisSourceConnector.class.getName());
    settings.put("tasks.max", "2");
    settings.put("streams", stream);
    settings.put("shards.refresh.ms", "500");
    settings.put("topic.creation.default.partitions", "1");
    settings.put("topic.creation.default.replication.factor", "1");
    settings.putAll(more);
    return settings;
  }

  private static String arn(String stream) {
    return kinesis
        .client()
        .describeStreamSummary(request -> request.streamName(stream))
        .streamDescriptionSummary()
        .streamARN();
  }

  private static void put(String stream, String text) {
    kinesis
        .client()
        .putRecord(request ->
            request.streamName(stream).partitionKey("k").data(SdkBytes.fromUtf8String(text)));
  }

  private static List<String> texts(List<ConsumerRecord<byte[], byte[]>> records) {
    return records.stream()
        .map(record -> new String(record.value(), StandardCharsets.UTF_8))
        .toList();
  }
}
