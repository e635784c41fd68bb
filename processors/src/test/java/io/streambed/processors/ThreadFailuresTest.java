/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThreadFailuresTest {

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final List<Duration> waited = new ArrayList<>();
  private final ThreadFailures failures = new ThreadFailures(() -> now, waited::add);

  @Test
  void aThreadThatFailsAgainAndAgainIsReplacedLaterAndLater() {
    for (int i = 0; i < 8; i++) {
      assertThat(failures.handle(new IllegalStateException())).isEqualTo(REPLACE_THREAD);
    }

    assertThat(waited.stream().map(Duration::toMillis))
        .containsExactly(0L, 250L, 500L, 1_000L, 2_000L, 4_000L, 4_000L, 4_000L);
  }

  @Test
  void failuresThatAreFarApartAreReplacedAtOnce() {
    for (int i = 0; i < 3; i++) {
      failures.handle(new IllegalStateException());
      now = now.plus(Duration.ofMinutes(2));
    }

    assertThat(waited).containsOnly(Duration.ZERO);
  }

  @Test
  void aFailureIsDescribedWithoutItsMessage() {
    String described =
        ThreadFailures.describe(new IllegalStateException("a prompt", new Error("another")));

    assertThat(described)
        .contains("java.lang.IllegalStateException at ")
        .contains("java.lang.Error at ")
        .doesNotContain("prompt", "another");
  }
}
