/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HintTest {

  private static final Map<String, String> MODEL =
      Map.of("models.m.id", "x", "bedrock.region", "us-east-1");

  @ParameterizedTest
  @CsvSource({
    "kafka.bootstrap.server, Did you mean kafka.bootstrap.servers?",
    "bootstrap.servers, Did you mean kafka.bootstrap.servers?",
    "endpoint, Did you mean bedrock.endpoint?",
    "models.m.maxtokens, Did you mean models.m.max.tokens?",
    "models.other.idd, Did you mean models.other.id?",
    "registry.bearer.token.fil, Did you mean registry.bearer.token.file?",
    "sasl.jaas.config, Did you mean kafka.client.sasl.jaas.config?",
    "nothing.like.it.at.all, See docs/configuration.md.",
    "kafka.client., See docs/configuration.md.",
  })
  void anUnknownKeyIsRefusedWithWhatWasMeant(String key, String hint) {
    // Given
    Map<String, String> settings = new HashMap<>(MODEL);
    settings.put(key, "1");

    // When
    InvalidConfigException wrong =
        catchThrowableOfType(
            InvalidConfigException.class, () -> ConfigLoader.load(settings, Map.of()));

    // Then
    assertThat(wrong)
        .hasMessage("1 setting is wrong:\n  " + key + ": there is no such setting. " + hint);
  }

  @ParameterizedTest
  @CsvSource({
    "STREAMBED_OPS_PROT, Did you mean STREAMBED_OPS_PORT?",
    "STREAMBED_MODELS_M_CONCURENCY, Did you mean STREAMBED_MODELS_M_CONCURRENCY?",
    "STREAMBED_WHATEVER_THIS_IS, See docs/configuration.md.",
  })
  void anUnknownVariableIsRefusedToo(String variable, String hint) {
    // When
    InvalidConfigException wrong =
        catchThrowableOfType(
            InvalidConfigException.class, () -> ConfigLoader.load(MODEL, Map.of(variable, "1")));

    // Then
    assertThat(wrong)
        .hasMessageContaining(variable + ": no setting has this environment variable. " + hint);
  }

  @Test
  void variablesOfOthersAndBlankOnesAreLeftAlone() {
    // Given
    Map<String, String> environment =
        Map.of(
            "PATH", "/bin",
            "STREAMBED_LOG", "json",
            "STREAMBED_JAVA_OPTS", "-Xmx1g",
            "STREAMBED_SERVICE_HOST", "10.0.0.1",
            "STREAMBED_PORT_8090_TCP", "tcp://10.0.0.1:8090",
            "STREAMBED_STREAM_THREADS", " ");

    // When
    LoadedConfig loaded = ConfigLoader.load(MODEL, environment);

    // Then
    assertThat(loaded.config().kafka().streamThreads()).isEqualTo(1);
  }
}
