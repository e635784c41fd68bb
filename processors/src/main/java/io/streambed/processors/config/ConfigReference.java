/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import java.util.List;
import org.apache.kafka.common.config.ConfigDef;

/** All keys, and the page that explains them. */
public final class ConfigReference {

  static final List<Keys> STATIC_GROUPS =
      List.of(
          KafkaSection.KEYS,
          RegistrySection.KEYS,
          TopicsSection.KEYS,
          AdmissionSection.KEYS,
          AnswersSection.KEYS,
          InvocationSection.KEYS,
          FailureSection.KEYS,
          BedrockSection.KEYS,
          OpsSection.KEYS,
          PricesSection.KEYS);

  private ConfigReference() {}

  static ConfigDef definition(List<Keys> groups) {
    ConfigDef definition = new ConfigDef();
    for (Keys group : groups) {
      int order = 0;
      for (Key<?> key : group.declared()) {
        key.declareIn(definition, group.group(), ++order);
      }
    }
    return definition;
  }
}
