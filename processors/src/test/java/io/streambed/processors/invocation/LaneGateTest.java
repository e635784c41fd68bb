/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.processors.limit.LaneUse;
import io.streambed.processors.limit.Reservation;
import io.streambed.processors.model.CallFailure;
import io.streambed.processors.model.Lane;
import io.streambed.processors.model.ModelCall.EmbeddingCall;
import io.streambed.processors.model.ModelResult;
import io.streambed.processors.model.ModelResult.Failed;
import io.streambed.processors.model.ModelResult.TextsEmbedded;
import io.streambed.processors.model.Quota;
import io.streambed.processors.model.Tier;
import io.streambed.schemas.TokenUsage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LaneGateTest {

  private static final ModelResult GOOD =
      new TextsEmbedded(List.of(), new TokenUsage(1L, 0L, 0L, 0L), false);
  private static final Lane LANE = new Lane("m", "r", 10);

  private final InvocationConfig config = InvocationConfig.defaults();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final LaneGate gate = new LaneGate(LANE, config, new TestClock(), () -> 0.5);

  @Test
  void ticketsGoALittleFurtherThanPermits() {
    // When
    int tickets = 0;
    while (gate.takeTicket(Reservation.NONE)) {
      tickets++;
    }

    // Then
    assertThat(tickets).isEqualTo(10 + config.lookAhead());
    assertThat(submitted(tickets)).hasSize(10);
    assertThat(gate.readyCalls()).isEqualTo(config.lookAhead());
  }

  @Test
  void aLaneWithManyPermitsIsATenthAhead() {
    // Given
    LaneGate wide = new LaneGate(new Lane("m", "r", 1_000), config, new TestClock(), () -> 0.5);

    // When
    int tickets = 0;
    while (wide.takeTicket(Reservation.NONE)) {
      tickets++;
    }

    // Then
    assertThat(tickets).isEqualTo(1_100);
  }

  @Test
  void aLaneIsAheadWhileCommittedAttemptsWaitForAPermit() {
    assertThat(gate.isAhead()).isFalse();

    // When, then: one more than may be open
    take(11);
    submitted(11);
    assertThat(gate.isAhead()).isTrue();
    gate.ended(GOOD, Reservation.NONE, now, Duration.ofSeconds(1));
    assertThat(gate.next()).isNotNull();
    assertThat(gate.isAhead()).isFalse();
  }

  @Test
  void aCallThatEndsFreesItsPermitAndItsTicket() {
    // Given
    take(10 + config.lookAhead());
    submitted(10 + config.lookAhead());
    assertThat(gate.takeTicket(Reservation.NONE)).isFalse();

    // When
    gate.ended(GOOD, Reservation.NONE, now, Duration.ofSeconds(1));

    // Then
    assertThat(gate.next()).isNotNull();
    assertThat(gate.next()).isNull();
    assertThat(gate.takeTicket(Reservation.NONE)).isTrue();
  }

  @Test
  void aCallIsWithdrawnOnceAndOnlyBeforeItGoesOut() {
    // Given
    take(11);
    List<OpenCall> calls = calls(11);
    calls.forEach(gate::submit);
    OpenCall first = Objects.requireNonNull(gate.next());

    // Then
    assertThat(gate.withdraw(first)).isFalse();
    assertThat(gate.withdraw(calls.getLast())).isTrue();
    assertThat(gate.withdraw(calls.getLast())).isFalse();
    assertThat(gate.readyCalls()).isEqualTo(9);
  }

  @Test
  void throttlingPausesTheLaneAndABurstOfRefusalsCountsOnce() {
    // Given
    take(10);
    submitted(10);
    Instant begun = now;
    now = now.plusSeconds(1);

    // When
    for (int i = 0; i < 10; i++) {
      gate.ended(
          Failed.of(CallFailure.THROTTLED, ""), Reservation.NONE, begun, Duration.ofSeconds(1));
    }
    take(1);
    calls(1).forEach(gate::submit);

    // Then
    assertThat(gate.view().limit()).isEqualTo(7);
    assertThat(gate.condition()).isInstanceOf(LaneCondition.Throttled.class);
    assertThat(gate.next()).isNull();
    now = now.plus(config.retry().backoff());
    assertThat(gate.next()).isNotNull();
  }

  @Test
  void aClockThatStepsBackDoesNotKeepALaneThrottled() {
    // Given
    take(1);
    submitted(1);
    gate.ended(Failed.of(CallFailure.THROTTLED, ""), Reservation.NONE, now, Duration.ofSeconds(1));
    assertThat(gate.condition()).isInstanceOf(LaneCondition.Throttled.class);

    // When
    now = now.minus(Duration.ofHours(1));

    // Then
    assertThat(gate.condition()).isInstanceOf(LaneCondition.Running.class);
  }

  @Test
  void aLaneThatFailsIsLeftAloneAndThenTriedWithAFew() {
    // Given
    for (int i = 0; i < config.breaker().window(); i++) {
      take(1);
      if (submitted(1).isEmpty()) {
        gate.returnTicket(Reservation.NONE);
        break;
      }
      gate.ended(
          Failed.of(CallFailure.UNAVAILABLE, ""), Reservation.NONE, now, Duration.ofSeconds(1));
    }
    assertThat(gate.condition()).isInstanceOf(LaneCondition.Broken.class);

    // When
    now = now.plus(config.breaker().openFor()).plusSeconds(1);
    List<OpenCall> tried = submitted(0);

    // Then
    take(5);
    tried = new ArrayList<>(tried);
    tried.addAll(submitted(5));
    assertThat(tried).hasSize(3);
    tried.forEach(call -> gate.ended(GOOD, Reservation.NONE, now, Duration.ofSeconds(1)));
    assertThat(gate.condition()).isInstanceOf(LaneCondition.Running.class);
  }

  @Test
  void aStoppedLaneIsTriedWithOneCallAndRunsAgainWhenThatWorks() {
    // Given
    take(2);
    submitted(2);
    gate.ended(GOOD, Reservation.NONE, now, Duration.ofSeconds(1));
    gate.ended(
        Failed.of(CallFailure.ACCESS_DENIED, ""), Reservation.NONE, now, Duration.ofSeconds(1));
    assertThat(gate.condition()).isInstanceOf(LaneCondition.Stopped.class);
    assertThat(gate.takeTicket(Reservation.NONE)).isFalse();

    // When
    now = now.plus(config.stoppedLaneRetry());

    // Then
    assertThat(gate.takeTicket(Reservation.NONE)).isTrue();
    assertThat(gate.takeTicket(Reservation.NONE)).isFalse();
    assertThat(submitted(1)).hasSize(1);
    gate.ended(GOOD, Reservation.NONE, now, Duration.ofSeconds(1));
    assertThat(gate.condition()).isInstanceOf(LaneCondition.Running.class);
  }

  @Test
  void whatThereIsToSeeFollowsCalls() {
    // Given
    Lane limited =
        new Lane(
            "m",
            "r",
            Tier.DEFAULT,
            10,
            new Quota(OptionalLong.of(6_000), OptionalLong.of(60_000), OptionalLong.empty(), 5));
    LaneGate busy = new LaneGate(limited, config, new TestClock(), () -> 0.5);
    busy.share(0.5);
    now = now.plusSeconds(1);
    Reservation held = busy.reservation(300, 10);
    for (int i = 0; i < 3; i++) {
      assertThat(busy.takeTicket(held)).isTrue();
      EmbeddingCall call = new EmbeddingCall("a" + i, limited, "t", List.of());
      busy.submit(new OpenCall(call, List.of(), busy, held, new Mailbox()));
    }

    // When: one is answered, one throttled, one is open
    for (int i = 0; i < 3; i++) {
      assertThat(busy.next()).isNotNull();
    }
    busy.ended(
        new TextsEmbedded(List.of(), new TokenUsage(90L, 4L, 0L, 0L), false),
        held,
        now,
        Duration.ofMillis(10));
    busy.ended(Failed.of(CallFailure.THROTTLED, "slow down"), held, now, Duration.ofMillis(10));
    LaneView view = busy.view();

    // Then
    assertThat(view.lane()).isEqualTo("m@r");
    assertThat(view.used()).isEqualTo(new LaneUse.Counts(2, 110, 1, 1));
    assertThat(view.open()).isEqualTo(1);
    assertThat(view.ready()).isZero();
    assertThat(view.share()).isEqualTo(0.5);
    assertThat(view.granted()).isEqualTo(0.85);
    assertThat(view.setAside()).isEqualTo(110);
    assertThat(view.condition()).isInstanceOf(LaneCondition.Throttled.class);
    assertThat(view.breaker()).isEqualTo("closed");
  }

  @Test
  void nothingGoesOutOfAClosedLane() {
    take(1);
    gate.close();
    assertThat(submitted(1)).isEmpty();
    assertThat(gate.takeTicket(Reservation.NONE)).isFalse();
  }

  private void take(int tickets) {
    for (int i = 0; i < tickets; i++) {
      gate.takeTicket(Reservation.NONE);
    }
  }

  private List<OpenCall> submitted(int number) {
    calls(number).forEach(gate::submit);
    List<OpenCall> started = new ArrayList<>();
    for (OpenCall next = gate.next(); next != null; next = gate.next()) {
      started.add(next);
    }
    return started;
  }

  private List<OpenCall> calls(int number) {
    List<OpenCall> calls = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      EmbeddingCall call = new EmbeddingCall("a" + i, LANE, "t", List.of());
      calls.add(new OpenCall(call, List.of(), gate, Reservation.NONE, new Mailbox()));
    }
    return calls;
  }

  private final class TestClock extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
