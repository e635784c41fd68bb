/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.processors.limit.Caps;
import io.streambed.processors.limit.FairQueue.Flow;
import io.streambed.processors.model.Lane;
import io.streambed.schemas.Priority;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Which texts share a call, and when. */
class ParkingLotTest {

  private static final String COHERE = "cohere.embed-english-v3";
  private static final String SONNET = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration WAIT = InvocationConfig.defaults().batchMaxWait();

  private final Mailbox mailbox = new Mailbox();
  private final ParkingLot lot = lot(COHERE, 1_000);

  @Test
  void aTextWaitsForOthersNoLongerThanConfigured() {
    // Given
    lot.add(text(10));

    // Then
    assertThat(next(NOW)).isEmpty();
    assertThat(next(NOW.plus(WAIT))).hasSize(1);
    assertThat(lot.isEmpty()).isTrue();
  }

  @Test
  void asManyTextsAsTheModelTakesGoAtOnceAndTheRestWaitOn() {
    // Given
    for (int i = 0; i < 100; i++) {
      lot.add(text(10));
    }

    // When
    List<Flight> batch = next(NOW);

    // Then
    assertThat(batch).hasSize(96);
    assertThat(next(NOW)).isEmpty();
    assertThat(next(NOW.plus(WAIT))).hasSize(4);
  }

  @Test
  void aBatchStaysWithinItsBytes() {
    // Given
    int large = InvocationConfig.defaults().batchMaxBytes() / 2;
    List<Flight> texts = List.of(text(large), text(large), text(large));
    texts.forEach(lot::add);

    // Then
    assertThat(next(NOW)).containsExactly(texts.get(0), texts.get(1));
    assertThat(next(NOW.plus(WAIT))).containsExactly(texts.get(2));
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
    assertThat(next(NOW)).isEqualTo(refused.subList(0, 4));
    assertThat(next(NOW)).isEqualTo(refused.subList(4, 8));
    assertThat(next(NOW)).isEmpty();
  }

  @Test
  void textsThatCameWhileAGroupWaitedForItsTicketGoWithIt() {
    // Given: a lane whose only ticket is taken
    ParkingLot narrow = lot(COHERE, 1);
    List<Flight> texts = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      texts.add(text(10));
      narrow.add(texts.get(i));
      narrow.askForGroups(NOW.plus(WAIT));
    }

    // Then
    Ticket ticket = Objects.requireNonNull(mailbox.takeTicket());
    assertThat(narrow.take(ticket.claim())).isEqualTo(texts);
  }

  @Test
  void aLaneThatTakesNothingHasABacklogOfATenantWhileThereIsNoneOfAnother() {
    // Given: more than the lane's tickets
    ParkingLot prompts = lot(SONNET, 1);
    int tickets = 1 + LaneGate.ahead(InvocationConfig.defaults().lookAhead(), 1);

    // When
    for (int i = 0; i < tickets + ParkingLot.DEPTH; i++) {
      Flight flight = prompt("p" + i);
      prompts.add(flight);
      Ticket ticket = mailbox.takeTicket();
      if (ticket != null) {
        assertThat(prompts.take(ticket.claim())).containsExactly(flight);
      }
    }

    // Then
    Flow flow = prompt("p").flow();
    assertThat(prompts.isBacklogged(flow)).isTrue();
    assertThat(prompts.isBackloggedForHeld(flow)).isFalse();
    assertThat(prompts.backlogged()).containsExactly(flow);
    assertThat(prompts.isBacklogged(new Flow(Priority.STANDARD, "another", 1))).isFalse();
    assertThat(prompts.isBacklogged(new Flow(Priority.INTERACTIVE, "acme", 1))).isFalse();
  }

  @Test
  void aFlightThatLeavesGivesItsTicketBack() {
    // Given
    ParkingLot prompts = lot(SONNET, 1);
    Flight flight = prompt("p");
    prompts.add(flight);
    Ticket ticket = Objects.requireNonNull(mailbox.takeTicket());

    // When
    prompts.remove(flight);

    // Then
    assertThat(ticket.gate().accept(ticket)).isFalse();
    assertThat(ticket.gate().hasRoom()).isTrue();
    assertThat(prompts.isEmpty()).isTrue();
  }

  /** The flights that have a ticket by then; none where there is none. */
  private List<Flight> next(Instant at) {
    lot.askForGroups(at);
    Ticket ticket = mailbox.takeTicket();
    return ticket == null || !ticket.gate().accept(ticket) ? List.of() : lot.take(ticket.claim());
  }

  private ParkingLot lot(String modelId, int concurrency) {
    LaneGate gate =
        new LaneGate(
            new Lane(modelId, "us-east-1", concurrency),
            InvocationConfig.defaults(),
            Clock.fixed(NOW, ZoneOffset.UTC),
            new Caps(Map.of(), NOW),
            () -> 1,
            () -> 0.5);
    return new ParkingLot(gate, InvocationConfig.defaults(), mailbox);
  }

  private static Flight text(int bytes) {
    return Jobs.flight(Jobs.text("t", "a text"), new Lane(COHERE, "us-east-1", 10), bytes, NOW);
  }

  private static Flight prompt(String id) {
    return Jobs.flight(Jobs.prompt(id, "Hello"), new Lane(SONNET, "us-east-1", 10), 10, NOW);
  }
}
