/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.sink.SinkConnector;
import org.junit.jupiter.api.Test;

class KinesisSinkConnectorTest {

  private final KinesisSinkConnector connector = new KinesisSinkConnector();

  @Test
  void aWorkerFindsIt() {
    assertThat(ServiceLoader.load(SinkConnector.class))
        .anyMatch(KinesisSinkConnector.class::isInstance);
  }

  @Test
  void aMissingStreamIsToldBesideItsSetting() {
    // When
    Config config = connector.validate(Map.of());

    // Then
    assertThat(wrong(config)).containsExactly("stream");
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() {
    // When
    Config config =
        connector.validate(Map.of("stream", "a b", "order", "sorted", "aws.region", "moon"));

    // Then
    assertThat(wrong(config)).containsExactlyInAnyOrder("stream", "order", "aws.region");
  }

  @Test
  void settingsThatContradictEachOtherAreToldBesideOne() {
    assertThat(
            wrong(
                connector.validate(
                    Samples.settings("order", "partition.key", "partition.key", "none"))))
        .containsExactly("order");
    assertThat(wrong(connector.validate(Samples.settings("aws.access.key.id", "a"))))
        .containsExactly("aws.secret.access.key");
  }

  @Test
  void eachTaskGetsAllSettings() {
    // Given
    Map<String, String> settings = Samples.settings("name", "out");

    // When
    connector.start(settings);

    // Then
    assertThat(connector.taskConfigs(3)).isEqualTo(List.of(settings, settings, settings));
    assertThat(connector.taskClass()).isEqualTo(KinesisSinkTask.class);
  }

  @Test
  void offsetsMayBeSetToAnything() {
    assertThat(connector.alterOffsets(Samples.settings(), Map.of(Samples.ORDERS, 0L))).isTrue();
  }

  private static List<String> wrong(Config config) {
    return config.configValues().stream()
        .filter(value -> !value.errorMessages().isEmpty())
        .map(ConfigValue::name)
        .toList();
  }
}
