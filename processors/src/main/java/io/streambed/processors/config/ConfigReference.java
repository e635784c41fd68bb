/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;

/** All keys: what they mean, and what they are. */
public final class ConfigReference {

  /** The groups whose keys are the same for everybody. */
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
          BudgetsSection.KEYS,
          RedriveSection.KEYS,
          OpsSection.KEYS,
          PricesSection.KEYS);

  private ConfigReference() {}

  /** The page docs/configuration.md. */
  public static String markdown() {
    return ReferencePage.of(everyGroup());
  }

  /** The same for a terminal: a paragraph a key. */
  public static String text() {
    StringBuilder text = new StringBuilder();
    for (Keys group : everyGroup()) {
      text.append(group.group()).append("\n\n");
      for (Key<?> key : group.declared()) {
        text.append("  ")
            .append(key.name())
            .append(key.shownPreset().isEmpty() ? "" : " = " + key.shownPreset())
            .append("\n      ")
            .append(key.meaning())
            .append("\n      Takes ")
            .append(Values.expected(key))
            .append(".\n");
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** The settings in force, a line each; secrets are masked, and what is no default says so. */
  public static String effective(LoadedConfig loaded) {
    StringBuilder text = new StringBuilder();
    String group = "";
    for (Setting setting : loaded.settings()) {
      if (!setting.group().equals(group)) {
        group = setting.group();
        text.append(text.isEmpty() ? "" : "\n").append("# ").append(group).append('\n');
      }
      text.append(setting.key())
          .append(" = ")
          .append(setting.value())
          .append(
              switch (setting.origin()) {
                case DEFAULT -> "";
                case FILE -> "   (file)";
                case ENVIRONMENT -> "   (environment)";
              })
          .append('\n');
    }
    return text.toString();
  }

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

  private static List<Keys> everyGroup() {
    List<Keys> groups = new ArrayList<>(STATIC_GROUPS);
    int at = STATIC_GROUPS.indexOf(BudgetsSection.KEYS);
    groups.add(at, new TenantKeys("<tenant>").keys);
    groups.add(at, new LaneKeys("<lane>").keys);
    groups.add(at, new ModelKeys("<alias>").keys);
    return groups;
  }
}
