/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {

  private static final Path PAGE = Path.of("..", "docs", "configuration.md");

  @Test
  void thePageSaysWhatTheCodeDeclares() throws IOException {
    // Given
    if (System.getProperty("regenerate") != null) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, ConfigReference.markdown());
    }

    // When
    String committed = Files.exists(PAGE) ? Files.readString(PAGE) : "";

    // Then
    assertThat(committed)
        .as(
            "docs/configuration.md is not what the code declares; write it anew with: mvn -Dquick"
                + " -pl processors -am test -Dtest=ConfigurationPageTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dregenerate")
        .isEqualTo(ConfigReference.markdown());
  }
}
