/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.processors.invocation.RetryPolicy.Verdict;
import io.streambed.processors.model.CallFailure;
import io.streambed.schemas.state.AttemptRef;
import io.streambed.schemas.state.FlightState;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private final RetryPolicy policy = new RetryPolicy(RetryConfig.defaults());

  @ParameterizedTest
  @CsvSource({
    "1,0.0,100",
    "1,0.999,199",
    "2,0.0,200",
    "7,0.0,6400",
    "8,0.0,10000",
    "500,0.5,15000"
  })
  void theWaitDoublesUpToItsBoundAndIsNeverLessThanHalf(int failures, double random, long millis) {
    assertThat(policy.backoff(failures, random)).isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void aFailureIsRetriedUntilTheLastAttempt() {
    assertThat(after(failed(4, false), CallFailure.TIMEOUT)).isInstanceOf(Verdict.RetryAt.class);
    assertThat(after(failed(5, false), CallFailure.TIMEOUT)).isInstanceOf(Verdict.GiveUp.class);
  }

  @Test
  void throttlingIsBoundedByTimeAndNotByNumber() {
    FlightState state = failed(100, true);
    assertThat(after(state, CallFailure.THROTTLED)).isInstanceOf(Verdict.RetryAt.class);
    assertThat(
            policy.afterFailure(
                state,
                CallFailure.THROTTLED,
                NOW.plus(RetryConfig.defaults().maxTime()),
                () -> 0.5))
        .isInstanceOf(Verdict.GiveUp.class);
  }

  @Test
  void theCallersErrorEndsItAndAStoppedLaneDoesNot() {
    assertThat(after(failed(1, false), CallFailure.REJECTED)).isInstanceOf(Verdict.GiveUp.class);
    assertThat(after(failed(50, false), CallFailure.ACCESS_DENIED))
        .isInstanceOf(Verdict.KeepWaiting.class);
  }

  @Test
  void aStoredTimeIsNoFurtherOffThanTheLongestWait() {
    assertThat(policy.notBefore(NOW.plus(Duration.ofDays(1)), NOW))
        .isEqualTo(NOW.plus(RetryConfig.defaults().maxBackoff()));
    assertThat(policy.notBefore(NOW.plusSeconds(1), NOW)).isEqualTo(NOW.plusSeconds(1));
  }

  private Verdict after(FlightState state, CallFailure failure) {
    return policy.afterFailure(state, failure, NOW, () -> 0.5);
  }

  private static FlightState failed(int times, boolean throttled) {
    FlightState state = FlightStates.fresh();
    for (int i = 0; i < times; i++) {
      state = FlightStates.intended(state, new AttemptRef("a" + i, "m@r", 1L, 1), NOW);
      state = FlightStates.finished(state, throttled, false, 7, 10);
    }
    assertThat(state.getSpentPicoDollars()).isEqualTo(7L * times);
    assertThat(state.getAttempt()).isEmpty();
    return state;
  }
}
