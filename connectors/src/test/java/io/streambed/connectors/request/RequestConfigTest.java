/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
import io.streambed.connectors.request.RequestConfig.Payload;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestConfigTest {

  private final Map<String, String> settings =
      new HashMap<>(
          Map.of("request", "prompt", "fields.prompt", "/text", "constants.model", "fast"));

  @Test
  void everySettingArrives() {
    // Given
    settings.put("type", "io.streambed.connectors.request.ToRequest");
    settings.put("payload", "Text");
    settings.put("key", "/customer");
    settings.put("headers", "traceparent=/trace/parent, order-id=/order/id");
    settings.put("errors.topic", "bad");

    // When
    RequestConfig config = RequestConfig.of(settings);

    // Then
    assertThat(config.kind()).isEqualTo(RequestKind.PROMPT);
    assertThat(config.payload()).isEqualTo(Payload.TEXT);
    assertThat(config.key()).contains(JsonPointer.compile("/customer"));
    assertThat(config.headers())
        .containsOnly(
            Map.entry("traceparent", JsonPointer.compile("/trace/parent")),
            Map.entry("order-id", JsonPointer.compile("/order/id")));
    assertThat(config.errorsTopic()).contains("bad");
    assertThat(config.sources().keySet())
        .extracting(RequestField::name)
        .containsExactlyInAnyOrder("prompt", "model");
  }

  @Test
  void theContractSaysWhichFieldsThereAre() {
    assertThat(RequestKind.PROMPT.fields().keySet())
        .contains("id", "tenant", "prompt", "messages", "system", "maxTokens", "metadata")
        .doesNotContain("inference", "text");
    assertThat(RequestKind.EMBEDDING.fields().keySet())
        .contains("id", "model", "text", "dimensions")
        .doesNotContain("prompt");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          fields.promt | /text | fields.prompt
          fields.text | /text | fields.prompt
          constants.modell | fast | constants.model
          fields.id | id | begin with a slash
          fields.messages | /all | exclude each other
          constants.maxTokens | many | maxTokens must be a number
          constants.priority | sometimes | must be one of
          constants.metadata | team=a | is no JSON
          constants.metadata | [1] | must be an object
          headers | traceparent | must look like
          headers | streambed-id=/id | reserved
          key | id | begin with a slash
          request | question | request
          payload | xml | payload
          """)
  void aMistakeIsNamedAndHelped(String setting, String value, String help) {
    settings.put(setting, value);

    assertThatThrownBy(() -> RequestConfig.of(settings))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(setting)
        .hasMessageContaining(help);
  }

  @Test
  void aFieldThatNoRequestIsWithoutMustBeSomewhere() {
    settings.remove("constants.model");
    assertThatThrownBy(() -> RequestConfig.of(settings))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("fields.model");

    settings.put("fields.model", "/model");
    settings.remove("fields.prompt");
    assertThatThrownBy(() -> RequestConfig.of(settings)).hasMessageContaining("fields.prompt");

    settings.put("fields.messages", "/messages");
    assertThat(RequestConfig.of(settings).sources()).hasSize(2);
  }

  @Test
  void everySettingHasItsTextAndItsPlace() {
    assertThat(RequestConfig.DEFINITION.configKeys().values())
        .allSatisfy(key -> {
          assertThat(key.documentation).as(key.name).isNotBlank();
          assertThat(key.group).as(key.name).isNotNull();
        });
    assertThat(RequestConfig.DEFINITION.names())
        .contains("fields.prompt", "constants.temperature", "fields.text");
  }
}
