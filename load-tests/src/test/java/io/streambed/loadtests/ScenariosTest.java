/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.loadtests.scenario.Scenario;
import io.streambed.loadtests.scenario.Scenarios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ScenariosTest {

  @Test
  void theReadmeNamesEveryScenarioAndNoOther() throws IOException {
    // Given
    String readme = Files.readString(Path.of("README.md"));

    // When
    List<String> named =
        Pattern.compile("(?m)^\\| `(\\d\\d-[a-z]+)` \\|")
            .matcher(readme)
            .results()
            .map(match -> match.group(1))
            .toList();

    // Then
    assertThat(named).isEqualTo(Scenarios.ALL.stream().map(Scenario::name).toList());
  }

  @Test
  void aScenarioIsFoundByItsNumberToo() {
    assertThat(Scenarios.named("02")).map(Scenario::name).contains("02-throughput");
    assertThat(Scenarios.named("0")).isEmpty();
  }
}
