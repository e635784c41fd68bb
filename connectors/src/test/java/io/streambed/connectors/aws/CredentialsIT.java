/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streambed.connectors.platform.CommittedTopic;
import io.streambed.connectors.platform.ConnectWorker;
import io.streambed.connectors.platform.KinesisEmulator;
import io.streambed.connectors.platform.ScriptedSts;
import io.streambed.connectors.platform.SignedRequests;
import io.streambed.connectors.platform.SignedRequests.Signed;
import io.streambed.connectors.platform.StreamReader;
import io.streambed.connectors.sink.KinesisSinkConnector;
import io.streambed.connectors.source.KinesisSourceConnector;
import io.streambed.local.kafka.KafkaOptions;
import io.streambed.local.kafka.LocalKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;

/** Roles and profiles, on a real worker: with whose key requests are signed. */
@EnabledIf(
    value = "io.streambed.connectors.platform.KinesisEmulator#available",
    disabledReason = KinesisEmulator.WHY_NOT)
class CredentialsIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String ROLE = "arn:aws:iam::123456789012:role/reader";
  private static final String PROFILE = "team";
  private static final String PROFILE_KEY = "AKIATEAM";

  @TempDir private static Path folder;

  private static LocalKafka kafka;
  private static KinesisEmulator kinesis;
  private static SignedRequests requests;
  private static ConnectWorker worker;

  @BeforeAll
  static void start() throws Exception {
    Path credentials = folder.resolve("credentials");
    Files.writeString(
        credentials,
        "[%s]\naws_access_key_id=%s\naws_secret_access_key=s\n".formatted(PROFILE, PROFILE_KEY));
    Path config = folder.resolve("config");
    Files.writeString(
        config, "[profile %s]\nregion=%s\n".formatted(PROFILE, KinesisEmulator.REGION));
    kafka = LocalKafka.start(KafkaOptions.ephemeral());
    kinesis = KinesisEmulator.start();
    requests = SignedRequests.before(kinesis);
    worker =
        ConnectWorker.start(
            kafka.bootstrapServers(),
            Map.of(),
            Map.of(
                "AWS_SHARED_CREDENTIALS_FILE", credentials.toString(),
                "AWS_CONFIG_FILE", config.toString()));
  }

  @AfterAll
  static void stop() {
    worker.close();
    requests.close();
    kinesis.close();
    kafka.close();
  }

  @Test
  void allThatTheSourceAsksIsSignedWithCredentialsOfTheRole() throws Exception {
    kinesis.createStream("of-role", 1);
    int before = requests.seen().size();
    try (ScriptedSts sts = ScriptedSts.giving(Duration.ofHours(1));
        CommittedTopic topic = CommittedTopic.create(kafka.bootstrapServers(), "of-role", 1)) {
      // Given
      Map<String, String> settings = source("of-role");
      settings.putAll(kinesis.settings());
      settings.put(AwsConfig.ENDPOINT, requests.url());
      settings.put(AwsConfig.ROLE, ROLE);
      settings.put(AwsConfig.ROLE_SESSION, "orders-team");
      settings.put(AwsConfig.ROLE_EXTERNAL_ID, "42");
      settings.put(AwsConfig.STS_ENDPOINT, sts.url());

      // When
      worker.rest().put("of-role", settings);

      // Then
      assertThat(topic.await(1, LIMIT)).hasSize(1);
      List<Signed> seen = requests.seen().subList(before, requests.seen().size());
      assertThat(seen)
          .extracting(Signed::operation)
          .contains("DescribeStreamSummary", "ListShards", "GetShardIterator", "GetRecords");
      assertThat(seen)
          .allSatisfy(request -> {
            assertThat(sts.ends()).containsKey(request.key());
            assertThat(request.token()).isEqualTo(ScriptedSts.token(request.key()));
          });
      assertThat(sts.asked())
          .isNotEmpty()
          .allSatisfy(asked -> {
            assertThat(asked.key()).isEqualTo(kinesis.settings().get(AwsConfig.KEY_ID));
            assertThat(asked.parameters())
                .containsEntry("Action", "AssumeRole")
                .containsEntry("RoleArn", ROLE)
                .containsEntry("RoleSessionName", "orders-team")
                .containsEntry("ExternalId", "42");
          });
    }
    worker.rest().delete("of-role");
  }

  @Test
  void theSourceTakesKeyAndRegionOfItsProfile() throws Exception {
    kinesis.createStream("of-profile", 1);
    int before = requests.seen().size();
    try (CommittedTopic topic = CommittedTopic.create(kafka.bootstrapServers(), "of-profile", 1)) {
      // Given
      Map<String, String> settings = source("of-profile");
      settings.put(AwsConfig.ENDPOINT, requests.url());
      settings.put(AwsConfig.PROFILE, PROFILE);

      // When
      worker.rest().put("of-profile", settings);

      // Then
      assertThat(topic.await(1, LIMIT)).hasSize(1);
      assertThat(requests.seen().subList(before, requests.seen().size()))
          .isNotEmpty()
          .allSatisfy(request -> {
            assertThat(request.key()).isEqualTo(PROFILE_KEY);
            assertThat(request.region()).isEqualTo(KinesisEmulator.REGION.id());
            assertThat(request.token()).isNull();
          });
    }
    worker.rest().delete("of-profile");
  }

  @Test
  void theSinkTakesOnARoleWithTheKeyOfItsProfile() throws Exception {
    kinesis.createStream("sunk", 1);
    int before = requests.seen().size();
    try (ScriptedSts sts = ScriptedSts.giving(Duration.ofHours(1));
        CommittedTopic topic = CommittedTopic.create(kafka.bootstrapServers(), "sunk", 1)) {
      // Given
      publish("sunk");
      topic.reach(1, LIMIT);
      Map<String, String> settings = sink("sunk");
      settings.put(AwsConfig.ENDPOINT, requests.url());
      settings.put(AwsConfig.PROFILE, PROFILE);
      settings.put(AwsConfig.ROLE, ROLE);
      settings.put(AwsConfig.STS_ENDPOINT, sts.url());

      // When
      worker.rest().put("sunk", settings);

      // Then
      StreamReader stream = new StreamReader(kinesis.client(), "sunk");
      await().atMost(LIMIT).until(() -> stream.all().size() == 1);
      assertThat(requests.seen().subList(before, requests.seen().size()))
          .extracting(Signed::operation)
          .contains("DescribeStreamSummary", "PutRecords");
      assertThat(requests.seen().subList(before, requests.seen().size()))
          .allSatisfy(request -> assertThat(sts.ends()).containsKey(request.key()));
      assertThat(sts.asked()).allSatisfy(asked -> assertThat(asked.key()).isEqualTo(PROFILE_KEY));
    }
    worker.rest().delete("sunk");
  }

  /** Of a stream that holds one record from now on. */
  private static Map<String, String> source(String stream) {
    kinesis
        .client()
        .putRecord(request ->
            request.streamName(stream).partitionKey("k").data(SdkBytes.fromUtf8String("one")));
    Map<String, String> settings = new HashMap<>();
    settings.put("connector.class", KinesisSourceConnector.class.getName());
    settings.put("tasks.max", "1");
    settings.put("streams", stream);
    settings.put("topic.creation.default.partitions", "1");
    settings.put("topic.creation.default.replication.factor", "1");
    return settings;
  }

  private static Map<String, String> sink(String stream) {
    Map<String, String> settings = new HashMap<>();
    settings.put("connector.class", KinesisSinkConnector.class.getName());
    settings.put("tasks.max", "1");
    settings.put("topics", stream);
    settings.put("stream", stream);
    return settings;
  }

  private static void publish(String topic) {
    try (Producer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new StringSerializer(),
            new StringSerializer())) {
      producer.send(new ProducerRecord<>(topic, "k", "one"));
    }
  }
}
