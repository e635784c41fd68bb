/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.processors.limit.Caps;
import io.streambed.processors.limit.FairQueue;
import io.streambed.processors.model.CallFailure;
import io.streambed.processors.model.Lane;
import io.streambed.processors.model.ModelCall.EmbeddingCall;
import io.streambed.processors.model.ModelResult;
import io.streambed.processors.model.ModelResult.Failed;
import io.streambed.processors.model.ModelResult.TextsEmbedded;
import io.streambed.processors.model.Quota;
import io.streambed.processors.model.Tier;
import io.streambed.schemas.Priority;
import io.streambed.schemas.TokenUsage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaneGateTest {

  private static final ModelResult GOOD =
      new TextsEmbedded(List.of(), new TokenUsage(1L, 0L, 0L, 0L, 0L), false);

  /** As many as there are permits. */
  private static final int AHEAD = 10;

  private static final Caps NO_CAPS = new Caps(Map.of(), Instant.EPOCH);
  private static final Lane LANE = new Lane("m", "r", 10);
  private static final Flight FLIGHT = Jobs.flight(Jobs.text("t", "a text"), LANE, 6, Instant.MIN);

  private final InvocationConfig config = InvocationConfig.defaults();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final Mailbox mailbox = new Mailbox();
  private final LaneGate gate = gate(LANE);

  @Test
  void ticketsGoALittleFurtherThanPermits() {
    // When
    List<Ticket> tickets = ask(100);

    // Then
    assertThat(tickets).hasSize(10 + AHEAD);
    assertThat(submit(tickets)).hasSize(10);
    assertThat(gate.readyCalls()).isEqualTo(AHEAD);
  }

  @Test
  void aLaneWithManyPermitsIsATenthAhead() {
    // Given
    LaneGate wide = gate(new Lane("m", "r", 1_000));

    // When
    IntStream.range(0, 2_000).forEach(i -> wide.ask(claim("t", Priority.STANDARD)));

    // Then
    assertThat(tickets()).hasSize(1_100);
  }

  @Test
  void aLaneWithFewPermitsHasFewCommittedAttemptsThatWaitForThem() {
    assertThat(LaneGate.ahead(32, 1)).isEqualTo(4);
    assertThat(LaneGate.ahead(32, 20)).isEqualTo(20);
    assertThat(LaneGate.ahead(32, 200)).isEqualTo(32);
    assertThat(LaneGate.ahead(0, 5)).isZero();
  }

  @Test
  void aLaneIsAheadWhileCommittedAttemptsWaitForAPermit() {
    assertThat(gate.isAhead()).isFalse();

    // When, then: one more than may be open
    List<OpenCall> open = submit(ask(11));
    assertThat(gate.isAhead()).isTrue();
    end(open.getFirst(), GOOD);
    assertThat(gate.next()).isNotNull();
    assertThat(gate.isAhead()).isFalse();
  }

  @Test
  void aCallThatEndsFreesItsPermitAndItsTicket() {
    // Given
    List<OpenCall> open = submit(ask(10 + AHEAD));
    assertThat(ask(1)).isEmpty();

    // When
    end(open.getFirst(), GOOD);

    // Then
    assertThat(gate.next()).isNotNull();
    assertThat(gate.next()).isNull();
    assertThat(tickets()).hasSize(1);
  }

  @Test
  void aCallIsWithdrawnOnceAndOnlyBeforeItGoesOut() {
    // Given
    List<OpenCall> calls = calls(ask(11));
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
    List<OpenCall> open = submit(ask(10));
    Instant begun = now;
    now = now.plusSeconds(1);

    // When
    open.forEach(call ->
        gate.ended(Failed.of(CallFailure.THROTTLED, ""), call, begun, Duration.ofSeconds(1)));
    calls(ask(1)).forEach(gate::submit);

    // Then
    assertThat(gate.view().limit()).isEqualTo(7);
    assertThat(gate.condition()).isInstanceOf(LaneCondition.Throttled.class);
    assertThat(gate.next()).isNull();
    now = now.plus(config.retry().backoff());
    assertThat(gate.next()).isNotNull();
  }

  @Test
  void aLaneThatFailsIsLeftAloneAndThenTriedWithAFew() {
    // Given
    for (int i = 0; i < config.breaker().window(); i++) {
      List<OpenCall> open = submit(ask(1));
      if (open.isEmpty()) {
        break;
      }
      end(open.getFirst(), Failed.of(CallFailure.UNAVAILABLE, ""));
    }
    assertThat(gate.condition()).isInstanceOf(LaneCondition.Broken.class);

    // When
    now = now.plus(config.breaker().openFor()).plusSeconds(1);
    List<OpenCall> tried = submit(ask(5));

    // Then
    assertThat(tried).hasSize(3);
    tried.forEach(call -> end(call, GOOD));
    assertThat(gate.condition()).isInstanceOf(LaneCondition.Running.class);
  }

  @Test
  void aStoppedLaneIsTriedWithOneCallAndRunsAgainWhenThatWorks() {
    // Given
    List<OpenCall> open = submit(ask(2));
    end(open.getFirst(), GOOD);
    end(open.getLast(), Failed.of(CallFailure.ACCESS_DENIED, ""));
    assertThat(gate.condition()).isInstanceOf(LaneCondition.Stopped.class);
    assertThat(ask(2)).isEmpty();

    // When
    now = now.plus(config.stoppedLaneRetry());
    gate.grant();
    List<Ticket> tickets = tickets();

    // Then
    assertThat(tickets).hasSize(1);
    List<OpenCall> tried = submit(tickets);
    assertThat(tried).hasSize(1);
    end(tried.getFirst(), GOOD);
    assertThat(gate.condition()).isInstanceOf(LaneCondition.Running.class);
  }

  @Test
  void nothingGoesOutOfAClosedLane() {
    List<Ticket> tickets = ask(1);
    gate.close();
    assertThat(submit(tickets)).isEmpty();
    assertThat(ask(1)).isEmpty();
  }

  @Test
  void urgentWorkGoesBeforeABacklogThatHasEveryTicket() {
    // Given
    List<OpenCall> open = submit(ask(200));

    // When: urgent work has tickets beyond the others'
    gate.ask(claim("t", Priority.INTERACTIVE));
    List<Ticket> urgent = tickets();
    submit(urgent);
    end(open.getFirst(), GOOD);

    // Then: and the next permit, while others have waited for it before
    OpenCall next = Objects.requireNonNull(gate.next());
    assertThat(next.flow().priority()).isEqualTo(Priority.INTERACTIVE);
  }

  @Test
  void tenantsTakeTurnsHoweverManyOfOneWait() {
    // Given
    IntStream.range(0, 500).forEach(i -> gate.ask(claim("many", Priority.STANDARD)));
    gate.ask(claim("few", Priority.STANDARD));
    List<OpenCall> open = submit(tickets());

    // When
    end(open.getFirst(), GOOD);
    end(open.getLast(), GOOD);

    // Then
    assertThat(tickets()).extracting(ticket -> ticket.claim().flow().tenant()).contains("few");
  }

  @Test
  void aLargeCallIsNotOvertakenForEverBySmallOnes() {
    // Given: a quota of which small calls leave nothing over
    Lane small = new Lane("m", "r", Tier.DEFAULT, 1_000, tokensAMinute(60_000));
    LaneGate limited = gate(small);
    Claim large = claim(100_000);

    // When
    int served = 0;
    limited.ask(large);
    for (int second = 0; second < 120 && served == 0; second++) {
      limited.ask(claim(300));
      now = now.plusSeconds(1);
      limited.grant();
      for (Ticket ticket : tickets()) {
        if (ticket.claim() == large) {
          served++;
        } else {
          ticket.giveBack();
        }
      }
    }

    // Then
    assertThat(served).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"UNAVAILABLE, 1", "PROVIDER_ERROR, 1", "TIMEOUT, 0", "CONNECTION, 0"})
  void aFailedCallGivesItsQuotaBackUnlessTheModelMayHaveAnswered(CallFailure failure, int more) {
    // Given: a call that leaves nothing of a second's quota
    LaneGate limited = gate(new Lane("m", "r", Tier.DEFAULT, 1_000, tokensAMinute(60_000)));
    limited.ask(claim(8_000));
    now = now.plusSeconds(1);
    limited.grant();
    OpenCall call = calls(tickets()).getFirst();
    limited.submit(call);
    limited.next();
    limited.ask(claim(8_000));
    assertThat(tickets()).isEmpty();

    // When
    limited.ended(Failed.of(failure, ""), call, now, Duration.ofSeconds(1));

    // Then
    assertThat(tickets()).hasSize(more);
  }

  @Test
  void aClaimThatIsWithdrawnLeavesItsTicketToOthers() {
    // Given
    List<Claim> claims =
        IntStream.range(0, 100).mapToObj(i -> claim("t", Priority.STANDARD)).toList();
    claims.forEach(gate::ask);

    // When: one with its ticket, and one that waits for it
    gate.withdraw(claims.getFirst());
    gate.withdraw(claims.getLast());

    // Then
    assertThat(tickets()).hasSize(10 + AHEAD);
    assertThat(gate.waitingClaims()).isEqualTo(100 - 2 - 10 - AHEAD);
  }

  @Test
  void aBreakerThatIsOpenForAMillisecondIsABreaker() {
    BreakerConfig shortest = new BreakerConfig(10, 50, Duration.ofMillis(1));
    assertThat(new LaneHealth("l", withBreaker(shortest), new TestClock(), () -> 0.5).condition())
        .isInstanceOf(LaneCondition.Running.class);
  }

  private InvocationConfig withBreaker(BreakerConfig breaker) {
    return new InvocationConfig(
        config.eager(),
        config.lookAhead(),
        config.maxJobs(),
        config.maxBytes(),
        config.retry(),
        breaker,
        config.batchMaxWait(),
        config.batchMaxBytes(),
        config.heldReadInterval(),
        config.heldReadMax(),
        config.stoppedLaneRetry(),
        config.commitGap(),
        config.drainTimeout());
  }

  private LaneGate gate(Lane lane) {
    return new LaneGate(lane, config, new TestClock(), NO_CAPS, () -> 1, () -> 0.5);
  }

  private static Quota tokensAMinute(long tokens) {
    return new Quota(OptionalLong.empty(), OptionalLong.of(tokens), OptionalLong.empty(), 1);
  }

  private Claim claim(String tenant, Priority priority) {
    return Claim.of(FLIGHT, new FairQueue.Flow(priority, tenant, 1), mailbox);
  }

  private Claim claim(int bytes) {
    Flight flight = Jobs.flight(Jobs.text("t", "a text"), LANE, bytes, now);
    return Claim.of(flight, new FairQueue.Flow(Priority.STANDARD, "t", 1), mailbox);
  }

  /** Asks so often and returns the tickets that have come. */
  private List<Ticket> ask(int claims) {
    IntStream.range(0, claims).forEach(i -> gate.ask(claim("t", Priority.STANDARD)));
    return tickets();
  }

  private List<Ticket> tickets() {
    List<Ticket> tickets = new ArrayList<>();
    for (Ticket next = mailbox.takeTicket(); next != null; next = mailbox.takeTicket()) {
      if (next.gate().accept(next)) {
        tickets.add(next);
      }
    }
    return tickets;
  }

  /** Submits what has tickets and returns what goes out. */
  private List<OpenCall> submit(List<Ticket> tickets) {
    calls(tickets).forEach(gate::submit);
    List<OpenCall> started = new ArrayList<>();
    for (OpenCall next = gate.next(); next != null; next = gate.next()) {
      started.add(next);
    }
    return started;
  }

  private List<OpenCall> calls(List<Ticket> tickets) {
    return tickets.stream()
        .map(ticket ->
            new OpenCall(new EmbeddingCall("a", LANE, "t", List.of()), List.of(), ticket, mailbox))
        .toList();
  }

  private void end(OpenCall call, ModelResult result) {
    gate.ended(result, call, now, Duration.ofSeconds(1));
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
