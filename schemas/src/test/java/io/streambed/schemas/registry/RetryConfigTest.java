/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryConfigTest {

  private final RetryConfig retry =
      new RetryConfig(9, Duration.ofMillis(100), Duration.ofMillis(1000));

  @Test
  void pausesDoubleUpToTheLongest() {
    assertThat(retry.backOff(1, 1)).hasMillis(100);
    assertThat(retry.backOff(2, 1)).hasMillis(200);
    assertThat(retry.backOff(4, 1)).hasMillis(800);
    assertThat(retry.backOff(5, 1)).hasMillis(1000);
    assertThat(retry.backOff(5_000, 1)).hasMillis(1000);
  }

  @Test
  void chanceTakesAwayUpToHalf() {
    assertThat(retry.backOff(2, 0)).hasMillis(100);
    assertThat(retry.backOff(2, 0.5)).hasMillis(150);
  }

  @Test
  void impossibleSettingsAreRefused() {
    assertThatThrownBy(() -> new RetryConfig(-1, Duration.ZERO, Duration.ZERO))
        .hasMessageContaining("retries");
    assertThatThrownBy(() -> new RetryConfig(1, Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .hasMessageContaining("longestBackOff");
  }
}
