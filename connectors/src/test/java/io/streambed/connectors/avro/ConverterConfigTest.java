/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streambed.schemas.registry.RegistryAuth;
import io.streambed.schemas.serdes.SerdeConfig;
import io.streambed.schemas.serdes.SubjectNaming;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConverterConfigTest {

  private final Map<String, String> settings =
      new HashMap<>(Map.of(SerdeConfig.URLS, "http://localhost:1, http://localhost:2/apis/"));

  @Test
  void theDefaultsAreThoseOfTheSerdes() {
    ConverterConfig config = ConverterConfig.of(settings);

    assertThat(config.registry().urls())
        .containsExactly(URI.create("http://localhost:1"), URI.create("http://localhost:2/apis"));
    assertThat(config.registry().auth()).isInstanceOf(RegistryAuth.None.class);
    assertThat(config.naming()).isEqualTo(SubjectNaming.TOPIC_NAME);
    assertThat(config.autoRegister()).isTrue();
    assertThat(config.useLatest()).isFalse();
    assertThat(config.waits()).isTrue();
  }

  @Test
  void settingsOfConnectAreLeftAlone() {
    settings.put("converter.type", "value");

    assertThat(ConverterConfig.of(settings).useLatest()).isFalse();
  }

  @Test
  void everySettingArrives() {
    // Given
    settings.put(SerdeConfig.SUBJECT_NAME, "Topic_Record_Name");
    settings.put(SerdeConfig.AUTO_REGISTER, "false");
    settings.put(SerdeConfig.RETRIES, "0");
    settings.put(SerdeConfig.TOKEN, "t");
    settings.put(ConverterConfig.USE_LATEST, "true");
    settings.put("connect.meta.data", "false");
    settings.put("streambed.registry.wait", "false");
    settings.put("schemas.cache.config", "5");

    // When
    ConverterConfig config = ConverterConfig.of(settings);

    // Then
    assertThat(config.naming()).isEqualTo(SubjectNaming.TOPIC_RECORD_NAME);
    assertThat(config.autoRegister()).isFalse();
    assertThat(config.registry().retry().retries()).isZero();
    assertThat(config.registry().auth()).isEqualTo(new RegistryAuth.Bearer("t"));
    assertThat(config.useLatest()).isTrue();
    assertThat(config.connectMetaData()).isFalse();
    assertThat(config.waits()).isFalse();
    assertThat(config.cachedSchemas()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost:8081", "http://ann:geheim@localhost:1", "http://a b"})
  void aUrlThatIsNoneIsRefusedWithoutItsText(String url) {
    settings.put(SerdeConfig.URLS, url);

    assertThatThrownBy(() -> ConverterConfig.of(settings))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(SerdeConfig.URLS)
        .message()
        .doesNotContain("geheim");
  }

  @Test
  void whatIsMissingOrContradictoryIsNamed() {
    assertThatThrownBy(() -> ConverterConfig.of(Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(SerdeConfig.URLS);

    settings.put(SerdeConfig.USER, "ann");
    assertThatThrownBy(() -> ConverterConfig.of(settings))
        .hasMessageContaining(SerdeConfig.PASSWORD);
    settings.put(SerdeConfig.PASSWORD, "geheim");
    settings.put(SerdeConfig.TOKEN, "t");
    assertThatThrownBy(() -> ConverterConfig.of(settings))
        .hasMessageContaining("exclude each other")
        .message()
        .doesNotContain("geheim");
  }

  @Test
  void everySettingHasItsTextAndItsPlace() {
    assertThat(ConverterConfig.DEFINITION.configKeys().values())
        .allSatisfy(key -> {
          assertThat(key.documentation).as(key.name).isNotBlank().endsWith(".");
          assertThat(key.group).as(key.name).isNotNull();
        });
  }
}
