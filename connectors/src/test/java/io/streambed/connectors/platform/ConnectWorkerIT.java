/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.local.kafka.KafkaOptions;
import io.streambed.local.kafka.LocalKafka;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectWorkerIT {

  private static final List<String> OURS =
      List.of(
          "io.streambed.connectors.source.KinesisSourceConnector",
          "io.streambed.connectors.sink.KinesisSinkConnector",
          "io.streambed.connectors.avro.AvroConverter",
          "io.streambed.connectors.request.ToRequest");

  @Test
  void aWorkerOffersThePluginsOfTheFolderAndDoesSoAgainAfterItWasKilled() throws Exception {
    // Given
    try (LocalKafka kafka = LocalKafka.start(KafkaOptions.ephemeral())) {

      // When
      try (ConnectWorker worker = ConnectWorker.start(kafka.bootstrapServers())) {

        // Then
        assertThat(worker.rest().plugins()).containsAll(OURS);

        // When
        worker.kill();

        // Then
        assertThat(worker.isAlive()).isFalse();

        // When
        worker.restart();

        // Then
        assertThat(worker.rest().plugins()).containsAll(OURS);
      }
    }
  }
}
