/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ContactTest {

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private int lost;
  private final Contact contact = new Contact(true, () -> now, () -> lost++);

  private void pass(Duration time) {
    now = now.plus(time);
  }

  @Test
  void anInstanceThatHearsOfKafkaNowAndThenGoesOn() {
    for (int i = 0; i < 5; i++) {
      // When
      pass(Duration.ofMinutes(30));

      // Then
      assertThat(contact.check()).isTrue();
      assertThat(contact.made()).isTrue();
    }
    assertThat(lost).isZero();
  }

  @Test
  void oneThatHeardNothingForTooLongEndsWhenItHearsAgain() {
    // Given
    pass(Duration.ofMinutes(30).plusMillis(1));

    // When, then
    assertThat(contact.made()).isFalse();
    assertThat(contact.made()).isFalse();
    assertThat(lost).isEqualTo(1);
  }

  @Test
  void orWhenWorkMovesBefore() {
    // Given
    pass(Duration.ofMinutes(31));

    // When, then
    assertThat(contact.check()).isFalse();
    assertThat(contact.made()).isFalse();
    assertThat(contact.check()).isFalse();
    assertThat(lost).isEqualTo(1);
  }

  @Test
  void withoutStandbysThereIsNothingToFear() {
    // Given
    Contact without = new Contact(false, () -> now, () -> lost++);

    // When
    pass(Duration.ofHours(3));

    // Then
    assertThat(without.check()).isTrue();
    assertThat(without.made()).isTrue();
    assertThat(lost).isZero();
  }
}
