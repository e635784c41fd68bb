/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streambed.local.kafka.KafkaOptions;
import io.streambed.local.kafka.LocalKafka;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The shipped configurations of our own connectors, as a worker judges them. */
@EnabledIf(
    value = "io.streambed.connectors.platform.KinesisEmulator#available",
    disabledReason = KinesisEmulator.WHY_NOT)
class DeployedConnectorsIT {

  /** Settings whose names are open, so that a worker does not list them when it validates. */
  private static final List<String> UNLISTED = List.of("topic.creation.", "value.converter.");

  @Test
  void aWorkerKnowsEverySettingAndRefusesNone() throws Exception {
    try (LocalKafka kafka = LocalKafka.start(KafkaOptions.ephemeral());
        KinesisEmulator kinesis = KinesisEmulator.start();
        ConnectWorker worker = ConnectWorker.start(kafka.bootstrapServers())) {
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
