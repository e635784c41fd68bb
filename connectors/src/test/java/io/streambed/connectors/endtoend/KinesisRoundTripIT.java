/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streambed.connectors.kpl.UserRecord;
import io.streambed.connectors.platform.CommittedTopic;
import io.streambed.connectors.platform.ConnectWorker;
import io.streambed.connectors.platform.KinesisEmulator;
import io.streambed.connectors.platform.StreamReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;

/**
 * From a stream through Streambed to a stream, with the connector files of {@code deploy/connect}:
 * the walk-through of the connectors' README.
 */
@EnabledIf("io.streambed.connectors.platform.KinesisEmulator#available")
class KinesisRoundTripIT {

  private static final int REQUESTS = 40;
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path DEPLOYED = Path.of("..", "deploy", "connect");

  @Test
  void whatAPlainClientPutsIntoAStreamIsAnsweredInAnother(@TempDir Path state) throws Exception {
    try (Platform platform = Platform.start(state);
        KinesisEmulator kinesis = KinesisEmulator.start()) {
      String kafka = platform.kafka();
      try (ConnectWorker worker = ConnectWorker.start(kafka, converters(platform))) {
        // Given
        kinesis.createStream("prompts", 2);
        kinesis.createStream("streambed-prompt-results", 1);
        kinesis.createStream("streambed-embedding-results", 1);
        worker.rest().put("kinesis-requests", deployed("kinesis-requests", kinesis));
        worker.rest().put("kinesis-results", deployed("kinesis-results", kinesis));

        // When
        for (int i = 0; i < REQUESTS; i++) {
          put(
              kinesis,
              "{\"id\":\"q-%d\",\"tenant\":\"shop\",\"prompt\":\"Question %d\"}".formatted(i, i));
        }
        put(kinesis, "{\"id\":\"no-prompt\"}");

        // Then
        StreamReader results = new StreamReader(kinesis.client(), "streambed-prompt-results");
        await()
            .atMost(LIMIT)
            .pollInterval(Duration.ofMillis(500))
            .until(() -> byId(results.all()).size() == REQUESTS);
        assertThat(byId(results.all()).values())
            .allSatisfy(result -> {
              assertThat(result.path("tenant").asText()).isEqualTo("shop");
              assertThat(result.path("content").path(0).path("text").asText()).isNotBlank();
            });
        try (CommittedTopic errors = CommittedTopic.of(kafka, "kinesis-requests-errors")) {
          assertThat(errors.await(1, LIMIT))
              .singleElement()
              .satisfies(record ->
                  assertThat(
                          new String(
                              record.headers().lastHeader("streambed.error.reason").value(),
                              StandardCharsets.UTF_8))
                      .contains("prompt"));
        }
        assertThat(platform.calls()).isEqualTo(REQUESTS);
      }
    }
  }

  private static Map<String, String> converters(Platform platform) {
    return Map.of(
        "key.converter", "org.apache.kafka.connect.storage.StringConverter",
        "value.converter", "io.streambed.connectors.avro.AvroConverter",
        "value.converter.streambed.registry.urls", platform.registry());
  }

  private static Map<String, String> deployed(String name, KinesisEmulator kinesis)
      throws IOException {
    Map<String, String> settings =
        new HashMap<>(
            JSON.readValue(
                DEPLOYED.resolve(name + ".json").toFile(),
                new TypeReference<Map<String, String>>() {}));
    settings.putAll(kinesis.settings());
    return settings;
  }

  private static void put(KinesisEmulator kinesis, String json) {
    kinesis
        .client()
        .putRecord(request ->
            request
                .streamName("prompts")
                .partitionKey(Integer.toString(json.hashCode()))
                .data(SdkBytes.fromUtf8String(json)));
  }

  private static Map<String, JsonNode> byId(List<UserRecord> records) throws IOException {
    Map<String, JsonNode> byId = new TreeMap<>();
    for (UserRecord record : records) {
      JsonNode result = JSON.readTree(record.data());
      byId.put(result.path("id").asText(), result);
    }
    return byId;
  }
}
