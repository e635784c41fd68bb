/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.connectors.avro.AvroConverter;
import io.streambed.connectors.request.ToRequest;
import io.streambed.connectors.sink.KinesisSinkConfig;
import io.streambed.connectors.source.KinesisSourceConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The README's tables of settings are what the code declares. */
class SettingsPageTest {

  private static final Path PAGE = Path.of("README.md");

  static Stream<Arguments> plugins() {
    return Stream.of(
        Arguments.of("source", KinesisSourceConfig.DEFINITION),
        Arguments.of("sink", KinesisSinkConfig.DEFINITION),
        Arguments.of("converter", new AvroConverter().config()),
        Arguments.of("transform", new ToRequest<SourceRecord>().config()));
  }

  @ParameterizedTest
  @MethodSource("plugins")
  void thePageSaysWhatTheCodeDeclares(String plugin, ConfigDef settings) throws IOException {
    String begin = "<!-- " + plugin + ":begin -->\n";
    String end = "<!-- " + plugin + ":end -->";
    if (System.getProperty("regenerate") != null) {
      String page = Files.readString(PAGE);
      Files.writeString(
          PAGE,
          page.substring(0, page.indexOf(begin) + begin.length())
              + table(settings)
              + page.substring(page.indexOf(end)));
    }

    String page = Files.readString(PAGE);

    assertThat(page.substring(page.indexOf(begin) + begin.length(), page.indexOf(end)))
        .as("write it anew with -Dregenerate, see CONTRIBUTING.md")
        .isEqualTo(table(settings));
  }

  private static String table(ConfigDef settings) {
    StringBuilder table = new StringBuilder();
    List<String> groups = settings.groups().isEmpty() ? List.of("") : settings.groups();
    for (String group : groups) {
      table.append(group.isEmpty() ? "" : "\n### " + group + "\n");
      table.append("\n| Setting | Type | Default | Meaning |\n|---|---|---|---|\n");
      settings.configKeys().values().stream()
          .filter(key -> group.isEmpty() || group.equals(key.group))
          .filter(key -> !key.internalConfig)
          .sorted(Comparator.comparingInt(key -> key.orderInGroup))
          .forEach(key -> table.append(row(key)));
    }
    return table.append('\n').toString();
  }

  private static String row(ConfigKey key) {
    return "| `%s` | %s | %s | %s |\n"
        .formatted(
            key.name,
            key.type.name().toLowerCase(java.util.Locale.ROOT),
            preset(key),
            key.documentation.replace("|", "\\|"));
  }

  private static String preset(ConfigKey key) {
    if (!key.hasDefault()) {
      return "must be given";
    }
    Object preset = key.defaultValue;
    boolean none = preset == null || preset.equals("") || preset.equals(List.of());
    return none ? "none" : "`" + ConfigDef.convertToString(preset, key.type) + "`";
  }
}
