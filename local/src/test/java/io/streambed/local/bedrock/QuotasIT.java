/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streambed.local.bedrock.quota.Quota;
import io.streambed.local.bedrock.quota.Quotas;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;

class QuotasIT extends Stand {

  @Test
  void moreRequestsThanAMinuteAllowsAreThrottled() {
    // Given
    bedrock.quota(NOVA, "eu-west-1", Quota.requests(2));

    // When
    sync.converse(prompt("one"));
    sync.converse(prompt("two"));

    // Then
    assertThatThrownBy(() -> sync.converse(prompt("three")))
        .isInstanceOf(ThrottlingException.class)
        .hasMessageContaining("Too many requests");
    assertThat(sync.invokeModel(invoke(TITAN, "{\"inputText\":\"free\"}")).body()).isNotNull();
  }

  @Test
  void aCallThatMightWriteMoreThanIsLeftIsThrottledAtItsStart() {
    // Given
    bedrock.quota(NOVA, Quotas.ANY, Quota.tokens(1_000));

    // Then
    assertThatThrownBy(() -> sync.converse(prompt("Hello there", 1_000, "a")))
        .isInstanceOf(ThrottlingException.class)
        .hasMessageContaining("Too many tokens");
    assertThat(sync.converse(prompt("Hello there", 900, "a")).output()).isNotNull();
  }

  @Test
  void whatWasReservedAndNotUsedIsThereForTheNextCall() {
    // Given
    bedrock.quota(NOVA, Quotas.ANY, Quota.tokens(1_000));

    // Then
    for (int n = 0; n < 3; n++) {
      assertThat(sync.converse(prompt("Answer briefly.", 800, "a")).output()).isNotNull();
    }
  }

  @Test
  void anotherRegionHasItsOwn() {
    // Given
    bedrock.quota(NOVA, "us-west-2", Quota.requests(0));

    // Then
    assertThat(sync.converse(prompt("Hello there")).output()).isNotNull();
  }
}
