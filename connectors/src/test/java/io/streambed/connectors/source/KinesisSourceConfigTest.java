/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KinesisSourceConfigTest {

  @ParameterizedTest
  @CsvSource({
    "streams, no stream!",
    "streams.pattern, (",
    "start.position, somewhere",
    "start.timestamp, yesterday",
    "value.format, xml",
    "consumer.name, two words",
    "read.interval.ms, 10",
    "aws.region, Frankfurt",
    "aws.endpoint, localhost",
  })
  void aWrongSettingIsNamed(String name, String value) {
    Map<String, String> settings = new HashMap<>(Map.of("streams", "orders"));
    settings.put(name, value);

    assertThatThrownBy(() -> new KinesisSourceConfig(settings))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("configuration " + name);
  }

  @Test
  void nothingToReadIsRefused() {
    assertThatThrownBy(() -> new KinesisSourceConfig(Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("streams.pattern");
  }

  @Test
  void aTimeGoesWithItsPosition() {
    assertThatThrownBy(() ->
            new KinesisSourceConfig(Map.of("streams", "orders", "start.position", "timestamp")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("start.timestamp");
    assertThat(
            new KinesisSourceConfig(
                    Map.of(
                        "streams",
                        "orders",
                        "start.position",
                        "timestamp",
                        "start.timestamp",
                        "2026-01-31T00:00:00Z"))
                .startTime())
        .isPresent();
  }

  @Test
  void anEndpointWithAPasswordIsNotRepeated() {
    assertThatThrownBy(() ->
            new KinesisSourceConfig(
                Map.of("streams", "orders", "aws.endpoint", "http://me:secret@host/")))
        .isInstanceOf(ConfigException.class)
        .hasMessageNotContaining("secret");
  }
}
