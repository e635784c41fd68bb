/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BedrockConfigTest {

  private static final BedrockConfig CONFIG = BedrockConfig.inRegion("eu-central-1");

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:8000, true",
    "http://127.1.2.3:8000, true",
    "http://localhost:8000, true",
    "http://[::1]:8000, true",
    "http://10.0.0.7:8000, false",
    "http://0.0.0.0:8000, false",
    "https://bedrock-runtime.eu-central-1.amazonaws.com, false",
    "http://localhost.example.com, false",
  })
  void onlyThisMachineIsCalledWithoutCredentials(URI endpoint, boolean dummy) {
    assertThat(CONFIG.withEndpoint(endpoint).usesDummyCredentials()).isEqualTo(dummy);
  }

  @Test
  void credentialsThatAreConfiguredAreUsedOnThisMachineToo() {
    // Given
    URI here = URI.create("http://127.0.0.1:8000");
    AssumedRole role = new AssumedRole("arn:aws:iam::1:role/r", "s", Optional.of("secret"));

    // Then
    assertThat(CONFIG.usesDummyCredentials()).isFalse();
    assertThat(with(here, Optional.of("dev"), Optional.empty()).usesDummyCredentials()).isFalse();
    assertThat(with(here, Optional.empty(), Optional.of(role)).usesDummyCredentials()).isFalse();
    assertThat(with(here, Optional.empty(), Optional.of(role)).toString())
        .contains("arn:aws:iam::1:role/r")
        .doesNotContain("secret");
  }

  @Test
  void timeOutsThatContradictAreRefused() {
    assertThatThrownBy(() ->
            new BedrockConfig(
                "r",
                Optional.empty(),
                false,
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                Duration.ofSeconds(60),
                Duration.ofSeconds(59),
                Optional.empty(),
                Optional.empty()))
        .hasMessageContaining("callTimeout");
  }

  @ParameterizedTest
  @CsvSource({"1, 65", "640, 704", "1000, 1100", "5000, 5500"})
  void thePoolHasRoomForCallsThatFollowOnOthers(int calls, int connections) {
    assertThat(RegionClients.maxConcurrency(calls)).isEqualTo(connections);
  }

  private static BedrockConfig with(
      URI endpoint, Optional<String> profile, Optional<AssumedRole> role) {
    return new BedrockConfig(
        "eu-central-1",
        Optional.of(endpoint),
        false,
        CONFIG.connectTimeout(),
        CONFIG.acquireTimeout(),
        CONFIG.readTimeout(),
        CONFIG.callTimeout(),
        profile,
        role);
  }
}
