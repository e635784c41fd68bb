/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.connectors.platform.ScriptedSts;
import io.streambed.connectors.sink.KinesisSinkConnector;
import io.streambed.connectors.source.KinesisSourceConnector;
import io.streambed.local.port.Ports;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Connector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Credentials that cannot be had, as both connectors tell when their settings are validated.
 * Kinesis is asked nothing then, so there is none.
 */
class CredentialErrorsIT {

  private static final String HOST = "127.0.0.1";

  static Stream<Connector> connectors() {
    return Stream.of(new KinesisSourceConnector(), new KinesisSinkConnector());
  }

  @ParameterizedTest
  @MethodSource("connectors")
  void aRoleThatIsRefusedIsToldBesideIt(Connector connector) throws Exception {
    try (ScriptedSts sts = ScriptedSts.refusing("AccessDenied")) {
      // When
      Map<String, List<String>> errors = errors(connector, ofRole(sts.url()));

      // Then
      assertThat(errors).containsOnlyKeys(AwsConfig.ROLE);
      assertThat(errors.get(AwsConfig.ROLE))
          .singleElement()
          .asString()
          .contains("AccessDenied (HTTP 403) when STS was asked for credentials of the role")
          .contains("check the credentials and what they are allowed")
          .as("AWS' own text, which names the user")
          .doesNotContain("user/me");
    }
  }

  @ParameterizedTest
  @MethodSource("connectors")
  void anStsThatCannotBeReachedIsToldBesideItsEndpoint(Connector connector) {
    // When
    Map<String, List<String>> errors =
        errors(connector, ofRole("http://" + HOST + ":" + Ports.free(HOST)));

    // Then
    assertThat(errors).containsOnlyKeys(AwsConfig.STS_ENDPOINT);
    assertThat(String.valueOf(errors)).contains("check that AWS can be reached from the worker");
  }

  @ParameterizedTest
  @MethodSource("connectors")
  void anStsThatDoesNotAnswerHoldsNobodyUp(Connector connector) throws Exception {
    try (ScriptedSts sts = ScriptedSts.silent()) {
      // Given
      Map<String, String> settings = ofRole(sts.url());
      settings.put(AwsConfig.REQUEST_TIMEOUT, "1000");
      long began = System.nanoTime();

      // When
      Map<String, List<String>> errors = errors(connector, settings);

      // Then
      assertThat(errors).containsOnlyKeys(AwsConfig.STS_ENDPOINT);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
    }
  }

  @ParameterizedTest
  @MethodSource("connectors")
  void aProfileThatIsNotThereIsToldBesideIt(Connector connector) {
    // Given
    Map<String, String> settings = settings();
    settings.put(AwsConfig.PROFILE, "nobody");

    // When
    Map<String, List<String>> errors = errors(connector, settings);

    // Then
    assertThat(errors).containsOnlyKeys(AwsConfig.PROFILE);
    assertThat(String.valueOf(errors)).contains("no AWS credentials");
  }

  private static Map<String, List<String>> errors(
      Connector connector, Map<String, String> settings) {
    Map<String, List<String>> errors = new HashMap<>();
    for (ConfigValue value : connector.validate(settings).configValues()) {
      if (!value.errorMessages().isEmpty()) {
        errors.put(value.name(), value.errorMessages());
      }
    }
    return errors;
  }

  private static Map<String, String> ofRole(String sts) {
    Map<String, String> settings = settings();
    settings.put(AwsConfig.KEY_ID, "AKIDEXAMPLE");
    settings.put(AwsConfig.SECRET, "secret");
    settings.put(AwsConfig.ROLE, "arn:aws:iam::123456789012:role/reader");
    settings.put(AwsConfig.STS_ENDPOINT, sts);
    return settings;
  }

  /** Of either connector; the other's are nothing to it. */
  private static Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("streams", "orders");
    settings.put("topics", "orders");
    settings.put("stream", "orders");
    settings.put(AwsConfig.ENDPOINT, "http://" + HOST + ":" + Ports.free(HOST));
    settings.put(AwsConfig.REGION, "eu-central-1");
    return settings;
  }
}
