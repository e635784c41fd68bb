/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;

class KinesisClientsTest {

  private static final AwsConfig CONFIG =
      AwsConfig.of(
          new AbstractConfig(
              AwsSettings.define(new ConfigDef()),
              Map.of(
                  AwsConfig.REGION, "eu-central-1",
                  AwsConfig.KEY_ID, "AKIDEXAMPLE",
                  AwsConfig.SECRET, "secret")));

  @Test
  void nobodyWaitsForTheTransportToComeToRest() {
    // Given: one that takes no time to load what the first needs
    KinesisClients.open(CONFIG, false).close();
    KinesisClients clients = KinesisClients.open(CONFIG, false);
    long began = System.nanoTime();

    // When
    clients.close();

    // Then
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(1_500));
  }
}
