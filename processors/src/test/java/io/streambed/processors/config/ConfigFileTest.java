/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {

  @TempDir Path folder;

  @Test
  void nestedYamlBecomesDottedKeysWithTheTextAsWritten() throws IOException {
    // Given
    Path file =
        file(
            "s.yaml",
            """
            kafka:
              bootstrap.servers: [a:1, b:2]
            models:
              m:
                id: x
                answer:
                  version: 1.10
            ops.port: 8_090
            prices:
              file:
            """);

    // When
    Map<String, String> settings = ConfigFile.read(file);

    // Then
    assertThat(settings)
        .isEqualTo(
            Map.of(
                "kafka.bootstrap.servers", "a:1,b:2",
                "models.m.id", "x",
                "models.m.answer.version", "1.10",
                "ops.port", "8_090"));
  }

  @Test
  void propertiesMeanTheSame() throws IOException {
    // Given
    Path file = file("s.properties", "# comment\nops.port = 1 \nmodels.m.id: ü\n");

    // When
    Map<String, String> settings = ConfigFile.read(file);

    // Then
    assertThat(settings).isEqualTo(Map.of("ops.port", "1", "models.m.id", "ü"));
  }

  @Test
  void anEmptyFileHoldsNoSettings() throws IOException {
    assertThat(ConfigFile.read(file("s.yml", "# nothing\n"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "s.yaml, 'a: {b: 1}\na.b: 2\n', a.b is there twice",
    "s.properties, 'a=1\na=2\n', a is there twice",
    "s.yaml, '- 1\n', the file is not a mapping",
    "s.yaml, 'a: [{b: 1}]\n', a holds a list of more than plain values",
    "s.yaml, 'a: \"\n', not valid YAML at line",
    "s.json, '{}', Name it .yaml",
  })
  void aFileThatCannotBeUsedIsRefused(String name, String text, String problem) throws IOException {
    // Given
    Path file = file(name, text);

    // When // Then
    assertThatThrownBy(() -> ConfigFile.read(file))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining(problem)
        .hasMessageContaining(file.toString());
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> ConfigFile.read(folder.resolve("none.yaml")))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("none.yaml: there is no such file");
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
