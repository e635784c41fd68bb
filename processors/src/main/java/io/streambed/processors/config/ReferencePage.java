/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import java.util.List;

/** The reference as a page of Markdown. */
final class ReferencePage {

  private static final String INTRODUCTION =
      """
      # Configuration

      Generated from the code; a test holds it equal. To write it anew: \
      `mvn -Dquick -pl processors -am test -Dtest=ConfigurationPageTest \
      -Dsurefire.failIfNoSpecifiedTests=false -Dregenerate`.

      Streambed reads one file, `./streambed run --config FILE`, and the environment. \
      The file is YAML (`.yaml`, `.yml`) or properties (`.properties`); nested YAML and dotted keys mean the same. \
      A variable of the environment wins over the file; a blank value stands for the default. \
      Without a file the settings fit `./streambed local`.

      - A key that does not exist is an error, and everything that is wrong is told at once.
      - A secret `KEY` can be given as `KEY.file`, the path of a file that holds it. Secrets are never shown: \
      `./streambed config` prints `[hidden]`.
      - Times are in milliseconds, sizes in bytes.
      - Variables that the platform does not read itself: `STREAMBED_LOG=json` logs one JSON object a line, \
      `STREAMBED_LOG_LEVEL` sets the level (`INFO`).

      """;

  private static final String CLIENTS =
      """
      Kafka's own client settings go under `kafka.client.`, such as `kafka.client.security.protocol`, and are \
      passed to every client as they are (`STREAMBED_KAFKA_CLIENT_SECURITY_PROTOCOL`). All of them count as secrets.

      """;

  private static final String MODELS =
      """
      Requests name a model by its alias. `<alias>` is any name of letters, digits, dots, underscores and hyphens; \
      in the environment, in capitals and with underscores (`STREAMBED_MODELS_NOVA_LITE_ID` sets \
      `models.nova-lite.id`). There must be at least one.

      """;

  private static final String LANES =
      """
      A model that has more than one way to be called names its lanes, `models.<alias>.lanes`. `<lane>` is any name. \
      A lane is a model in a region in a tier, so no two may be the same.

      """;

  private static final String TENANTS =
      """
      `<tenant>` is the name that requests give. A tenant that is not named here has the defaults.

      """;

  private ReferencePage() {}

  static String of(List<Keys> groups) {
    StringBuilder page = new StringBuilder(INTRODUCTION);
    for (Keys group : groups) {
      page.append("## ").append(group.group()).append("\n\n");
      if (group == KafkaSection.KEYS) {
        page.append(CLIENTS);
      } else if (group.group().equals(ModelKeys.GROUP)) {
        page.append(MODELS);
      } else if (group.group().equals(LaneKeys.GROUP)) {
        page.append(LANES);
      } else if (group.group().equals(TenantKeys.GROUP)) {
        page.append(TENANTS);
      }
      page.append("| Key | Default | Takes | Meaning | Environment |\n|---|---|---|---|---|\n");
      group.declared().forEach(key -> row(page, key));
      page.append('\n');
    }
    return page.substring(0, page.length() - 1);
  }

  private static void row(StringBuilder page, Key<?> key) {
    String amount = Amount.of(key);
    String preset = key.preset() == null ? key.shownPreset() : "`" + key.shownPreset() + "`";
    page.append("| `")
        .append(key.name())
        .append("` | ")
        .append(preset)
        .append(amount.isEmpty() ? "" : " (" + amount + ")")
        .append(" | ")
        .append(Values.expected(key))
        .append(" | ")
        .append(key.meaning())
        .append(" | `")
        .append(
            EnvironmentNames.of(key.name())
                .replace("__ALIAS__", "_<ALIAS>_")
                .replace("__LANE__", "_<LANE>_")
                .replace("__TENANT__", "_<TENANT>_"))
        .append("` |\n");
  }
}
