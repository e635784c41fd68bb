/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class QuotaAccountTest {
  private static final Admission TOO_MANY_TOKENS = new Admission.TooManyTokens();

  @Test
  void whatIsReservedIsTakenUntilItIsSettled() {
    // Given
    QuotaAccount account = new QuotaAccount(Quota.tokens(1_000), 0);
    account.reserve(700, 0);

    // When
    Admission before = account.reserve(400, 0);
    account.settle(700, 100, 0);
    Admission after = account.reserve(400, 0);

    // Then
    assertThat(before).isEqualTo(TOO_MANY_TOKENS);
    assertThat(after).isEqualTo(new Admission.Granted(400));
  }

  @Test
  void tokensThatBurnDownFasterCanLeaveADebt() {
    // Given
    QuotaAccount account = new QuotaAccount(Quota.tokens(600), 0);
    account.reserve(600, 0);

    // When: 5 x 240 written tokens
    account.settle(600, 1_200, 0);

    // Then: the debt of 600 takes a minute, and ten tokens one second more
    assertThat(account.reserve(10, seconds(60))).isEqualTo(TOO_MANY_TOKENS);
    assertThat(account.reserve(10, seconds(61))).isEqualTo(new Admission.Granted(10));
  }

  @Test
  void aMinuteIsFilledEvenly() {
    // Given
    QuotaAccount account = new QuotaAccount(Quota.requests(60), 0);
    for (int n = 0; n < 60; n++) {
      account.reserve(0, 0);
    }

    // Then
    assertThat(account.reserve(0, 0)).isEqualTo(new Admission.TooManyRequests());
    assertThat(account.reserve(0, seconds(1))).isEqualTo(new Admission.Granted(0));
    assertThat(account.reserve(0, seconds(1))).isEqualTo(new Admission.TooManyRequests());
  }

  @Test
  void aCallThatTheTokensRefuseTakesNoRequest() {
    // Given
    QuotaAccount account = new QuotaAccount(new Quota(OptionalLong.of(1), OptionalLong.of(100)), 0);

    // When
    account.reserve(101, 0);

    // Then
    assertThat(account.reserve(100, 0)).isEqualTo(new Admission.Granted(100));
  }

  private static long seconds(int seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }
}
