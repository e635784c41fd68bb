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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a value must be by itself, and what several must be together. */
class RulesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stream.threads|0|out of range. Give a whole number, 1 to 64.",
        "stream.threads|many|not a number of type INT. Give a whole number, 1 to 64.",
        "ops.enabled|maybe|expected value to be either true or false. Give true or false.",
        "kafka.bootstrap.servers|localhost|give host:port, several of them with a comma between.",
        "bedrock.endpoint|localhost:8000|give a URI with a host that begins with http:// or https://.",
        "registry.urls|ftp://x|give a URI with a host that begins with http:// or https://.",
        "registry.subject.naming|topic|there is no such choice. Give topic-name, record-name or",
        "topics.dead.letters|dead letters|a topic's name has 1 to 249 letters",
        "bedrock.region|Ohio|an AWS region looks like us-east-1.",
        "prices.file|/no/such/file|there is no such file, or it cannot be read. Give a file.",
      })
  void aValueThatCannotBeIsShownWithWhatCan(String key, String value, String told) {
    assertThat(wrong(Map.of(key, value))).hasMessageContaining(key + " = " + value + ": " + told);
  }

  @ParameterizedTest
  @CsvSource({
    "retry.backoff.ms, 20001, retry.backoff.max.ms",
    "registry.retry.backoff.ms, 2001, registry.retry.backoff.max.ms",
    "commit.interval.ms, 10000, transaction.timeout.ms",
    "bedrock.call.timeout.ms, 899999, bedrock.read.timeout.ms",
    "bedrock.role.external.id, x, bedrock.role.arn",
    "registry.truststore.password, x, registry.truststore.path",
    "topics.dead.letters, usage-events, a name of its own",
    "prices.built.in, false, Give a table in prices.file",
    "kafka.client.isolation.level, read_uncommitted, Remove it",
  })
  void settingsMustFitTogether(String key, String value, String fix) {
    // When
    InvalidConfigException wrong = wrong(Map.of(key, value));

    // Then
    assertThat(wrong.problems()).hasSize(1);
    assertThat(wrong).hasMessageContaining(fix);
  }

  private static InvalidConfigException wrong(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("models.m.id", "x");
    settings.put("bedrock.region", "us-east-1");
    settings.putAll(more);
    return catchThrowableOfType(
        InvalidConfigException.class, () -> ConfigLoader.load(settings, Map.of()));
  }
}
