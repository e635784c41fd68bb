/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.serdes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streambed.schemas.PromptResult;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class SerdeConfigTest {

  private final Map<String, Object> settings =
      new HashMap<>(Map.of(SerdeConfig.URLS, "http://localhost:1, http://localhost:2"));

  @Test
  void theDefaultsAreThoseOfOtherClients() {
    SerdeConfig config = new SerdeConfig(settings);

    assertThat(config.naming()).isEqualTo(SubjectNaming.TOPIC_NAME);
    assertThat(config.autoRegister()).isTrue();
    config.client().close();
  }

  @Test
  void settingsMayBeTexts() {
    settings.put(SerdeConfig.AUTO_REGISTER, "false");
    settings.put(SerdeConfig.SUBJECT_NAME, "Record_Name");
    settings.put(SerdeConfig.RECORD, PromptResult.class.getName());

    SerdeConfig config = new SerdeConfig(settings);

    assertThat(config.autoRegister()).isFalse();
    assertThat(config.naming()).isEqualTo(SubjectNaming.RECORD_NAME);
    assertThat(config.record()).isEqualTo(PromptResult.class);
  }

  @Test
  void whatIsMissingOrContradictoryIsNamed() {
    assertThatThrownBy(() -> new SerdeConfig(Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(SerdeConfig.URLS);
    assertThatThrownBy(() -> new SerdeConfig(settings).record())
        .hasMessageContaining(SerdeConfig.RECORD);

    settings.put(SerdeConfig.USER, "ann");
    assertThatThrownBy(() -> new SerdeConfig(settings)).hasMessageContaining(SerdeConfig.PASSWORD);
    settings.put(SerdeConfig.PASSWORD, "geheim");
    settings.put(SerdeConfig.TOKEN, "t");
    assertThatThrownBy(() -> new SerdeConfig(settings))
        .hasMessageContaining("exclude each other")
        .message()
        .doesNotContain("geheim");
  }

  @Test
  void subjectsAreNamedAsOtherClientsNameThem() {
    assertThat(SubjectNaming.TOPIC_NAME.subject("t", false, "a.R")).isEqualTo("t-value");
    assertThat(SubjectNaming.TOPIC_NAME.subject("t", true, "a.R")).isEqualTo("t-key");
    assertThat(SubjectNaming.RECORD_NAME.subject("t", false, "a.R")).isEqualTo("a.R");
    assertThat(SubjectNaming.TOPIC_RECORD_NAME.subject("t", false, "a.R")).isEqualTo("t-a.R");
  }
}
