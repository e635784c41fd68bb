/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streambed.processors.ops.Health.Scope;
import io.streambed.processors.ops.HealthStatus.Down;
import io.streambed.processors.ops.HealthStatus.Up;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class HealthTest {

  private final SteppingClock clock = new SteppingClock();
  private final Health health = new Health(clock);

  @Test
  void itIsReadyOnlyWhenEveryPartIs() {
    // Given
    HealthCheck topics = health.check(Scope.READY, "topics", new Down("not looked at yet"));
    health.check(Scope.READY, "registry", new Up());

    // When
    HealthReport before = health.report(Scope.READY);
    topics.up();

    // Then
    assertThat(before.up()).isFalse();
    assertThat(health.report(Scope.READY).up()).isTrue();
  }

  @Test
  void whatIsNotReadyIsStillLive() {
    // When
    health.check(Scope.READY, "registry", new Down("it does not answer"));

    // Then
    assertThat(health.report(Scope.LIVE).up()).isTrue();
    assertThat(health.report(Scope.READY).up()).isFalse();
  }

  @Test
  void whatIsNotLiveIsNotReady() {
    // When
    health.check(Scope.LIVE, "threads", new Down("failed"));

    // Then
    assertThat(health.report(Scope.LIVE).up()).isFalse();
    assertThat(health.report(Scope.READY).up()).isFalse();
  }

  @Test
  void aStatusRepeatedKeepsItsTime() {
    // Given
    HealthCheck check = health.check(Scope.READY, "registry", new Down("a"));
    clock.step();
    check.down("b");
    clock.step();

    // When
    check.down("b");

    // Then
    assertThat(health.report(Scope.READY).parts())
        .containsExactly(
            new HealthReport.Part("registry", new Down("b"), Instant.ofEpochSecond(1)));
  }

  @Test
  void theReportSaysWhyNot() {
    // When
    health.check(Scope.READY, "registry", new Down("it does not \"answer\""));

    // Then
    assertThat(health.report(Scope.READY).json())
        .isEqualToIgnoringWhitespace(
            """
            {"status": "down", "checks": [{"name": "registry", "status": "down",
             "reason": "it does not \\"answer\\"", "since": "1970-01-01T00:00:00Z"}]}
            """);
  }

  @Test
  void aNameIsGivenOnce() {
    // Given
    health.check(Scope.READY, "registry", new Up());

    // When // Then
    assertThatThrownBy(() -> health.check(Scope.READY, "registry", new Up()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("registry");
  }

  private static final class SteppingClock extends Clock {
    private Instant now = Instant.EPOCH;

    void step() {
      now = now.plusSeconds(1);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
