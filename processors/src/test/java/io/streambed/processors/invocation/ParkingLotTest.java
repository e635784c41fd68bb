/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.processors.model.Lane;
import io.streambed.processors.model.ModelAlias;
import io.streambed.schemas.Operation;
import io.streambed.schemas.state.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which texts share a call, and when. */
class ParkingLotTest {

  private static final String COHERE = "cohere.embed-english-v3";
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration WAIT = InvocationConfig.defaults().batchMaxWait();

  private final ParkingLot lot = new ParkingLot(COHERE, InvocationConfig.defaults());

  @Test
  void aTextWaitsForOthersNoLongerThanConfigured() {
    // Given
    lot.add(text(10));

    // Then
    assertThat(lot.hasNext(NOW)).isFalse();
    assertThat(lot.hasNext(NOW.plus(WAIT))).isTrue();
    assertThat(lot.next(NOW.plus(WAIT))).hasSize(1);
    assertThat(lot.isEmpty()).isTrue();
  }

  @Test
  void asManyTextsAsTheModelTakesGoAtOnceAndTheRestWaitOn() {
    // Given
    for (int i = 0; i < 100; i++) {
      lot.add(text(10));
    }

    // When
    List<Flight> batch = lot.next(NOW);

    // Then
    assertThat(batch).hasSize(96);
    assertThat(lot.hasNext(NOW)).isFalse();
    assertThat(lot.next(NOW.plus(WAIT))).hasSize(4);
  }

  @Test
  void aBatchStaysWithinItsBytes() {
    // Given
    int large = InvocationConfig.defaults().batchMaxBytes() / 2;
    List<Flight> texts = List.of(text(large), text(large), text(large));
    texts.forEach(lot::add);

    // Then
    assertThat(lot.next(NOW)).containsExactly(texts.get(0), texts.get(1));
    assertThat(lot.next(NOW.plus(WAIT))).containsExactly(texts.get(2));
  }

  @Test
  void aRefusedBatchGoesFirstInHalves() {
    // Given
    List<Flight> refused = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Flight flight = text(10);
      flight.state(FlightStates.batchLimit(flight.state(), 4));
      refused.add(flight);
    }
    lot.add(text(10));

    // When
    lot.addFirst(refused);

    // Then
    assertThat(lot.next(NOW)).isEqualTo(refused.subList(0, 4));
    assertThat(lot.next(NOW)).isEqualTo(refused.subList(4, 8));
    assertThat(lot.hasNext(NOW)).isFalse();
  }

  @Test
  void onePromptThatCannotGoIsABacklog() {
    // Given
    ParkingLot prompts =
        new ParkingLot("us.anthropic.claude-sonnet-4-5-20250929-v1:0", InvocationConfig.defaults());

    // When
    prompts.add(flight(Jobs.prompt("p", "Hello"), Operation.PROMPT, 10));

    // Then
    assertThat(prompts.isBacklogged()).isTrue();
    assertThat(prompts.next(NOW)).hasSize(1);
    assertThat(prompts.isBacklogged()).isFalse();
  }

  private static Flight text(int bytes) {
    return flight(Jobs.text("t", "a text"), Operation.EMBEDDING, bytes);
  }

  private static Flight flight(Job founder, Operation operation, int bytes) {
    ModelAlias alias =
        ModelAlias.of(founder.getModel(), operation, new Lane(COHERE, "us-east-1", 10), "1", 1_000);
    return new Flight(FlightId.of(founder), founder, alias, bytes, new Phase.Parked(NOW));
  }
}
