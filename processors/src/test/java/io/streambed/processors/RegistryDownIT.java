/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegistryDownIT {

  @Test
  void aRegistryThatIsDownIsNotABadRecord() throws Exception {
    try (TestPlatform platform = TestPlatform.start(Map.of())) {
      // Given
      platform.local().registry().stop();

      // When
      platform.publish(Requests.prompt("waiting-1", "Is anybody there?"));
      platform.publish(Requests.prompt("waiting-2", "Anybody at all?"));
      platform.flush();
      TestPlatform.Seen seen = platform.readFor(Duration.ofSeconds(4));

      // Then
      assertThat(seen.settlements()).isZero();

      // When
      platform.local().registry().restart();
      platform.await(2, Duration.ofSeconds(60));

      // Then
      assertThat(seen.deadLetters).isEmpty();
      assertThat(seen.prompts).hasSize(2);
    }
  }
}
