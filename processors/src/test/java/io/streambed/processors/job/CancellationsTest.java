/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.processors.job.Cancellations.Request;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CancellationsTest {

  private static final Request REQUEST = new Request("t", "a");
  private static final Instant LATER = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant SOONER = LATER.minusSeconds(1);

  private final Cancellations cancellations = new Cancellations();

  @Test
  void aLaterOrderCountsAndAnOlderOneChangesNothing() {
    // When
    cancellations.add(REQUEST, LATER);
    cancellations.add(REQUEST, SOONER);

    // Then
    assertThat(cancellations.has(REQUEST, LATER)).isTrue();
    assertThat(cancellations.has(REQUEST, LATER.plusMillis(1))).isFalse();
    assertThat(cancellations.known())
        .singleElement()
        .isEqualTo(new Cancellations.Order(REQUEST, LATER));
  }

  @Test
  void anOrderIsForgottenAfterAWeek() {
    // Given
    cancellations.add(REQUEST, LATER);

    // When
    cancellations.add(new Request("t", "b"), LATER.plus(Duration.ofDays(7)).plusSeconds(1));

    // Then
    assertThat(cancellations.has(REQUEST, SOONER)).isFalse();
    assertThat(cancellations.size()).isEqualTo(1);
  }

  @Test
  void whoSubscribesIsToldOfAllThatComesUntilItCloses() {
    // Given
    Cancellations.Orders orders = cancellations.subscribe();

    // When
    cancellations.add(REQUEST, LATER);
    cancellations.add(REQUEST, SOONER);
    orders.close();
    cancellations.add(new Request("t", "b"), LATER);

    // Then
    assertThat(orders.poll()).isEqualTo(new Cancellations.Order(REQUEST, LATER));
    assertThat(orders.poll()).isEqualTo(new Cancellations.Order(REQUEST, SOONER));
    assertThat(orders.poll()).isNull();
  }
}
