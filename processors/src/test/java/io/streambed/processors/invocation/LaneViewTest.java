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
import io.streambed.processors.limit.LaneUse;
import io.streambed.processors.model.CallFailure;
import io.streambed.processors.model.Lane;
import io.streambed.processors.model.ModelCall.EmbeddingCall;
import io.streambed.processors.model.ModelResult.Failed;
import io.streambed.processors.model.ModelResult.TextsEmbedded;
import io.streambed.processors.model.Quota;
import io.streambed.processors.model.Tier;
import io.streambed.schemas.Priority;
import io.streambed.schemas.TokenUsage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LaneViewTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Quota QUOTA =
      new Quota(OptionalLong.empty(), OptionalLong.of(60_000_000), OptionalLong.empty(), 5);
  private static final Lane LANE = new Lane("m", "r", Tier.DEFAULT, 3, QUOTA);

  private final Mailbox mailbox = new Mailbox();
  private Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

  @Test
  void whatThereIsToSeeFollowsCalls() {
    // Given: a quota that is full after a while
    LaneGate gate =
        new LaneGate(
            LANE,
            InvocationConfig.defaults(),
            clock(),
            new Caps(Map.of(), NOW),
            () -> 0.5,
            () -> 0.5);
    gate.hasRoom();
    clock = Clock.offset(clock, Duration.ofSeconds(2));
    Flight flight = Jobs.flight(Jobs.text("t", "a text"), LANE, 300, NOW);
    for (int i = 0; i < 50; i++) {
      gate.ask(Claim.of(flight, new FairQueue.Flow(Priority.STANDARD, "t", 1), mailbox));
    }
    int committed = 0;
    for (Ticket next = mailbox.takeTicket(); next != null; next = mailbox.takeTicket()) {
      if (committed++ < 5 && gate.accept(next)) {
        EmbeddingCall call = new EmbeddingCall("a", LANE, "t", List.of());
        gate.submit(new OpenCall(call, List.of(), next, mailbox));
      }
    }

    // When: one is answered, one throttled, one is open
    OpenCall answered = Objects.requireNonNull(gate.next());
    OpenCall throttled = Objects.requireNonNull(gate.next());
    OpenCall open = Objects.requireNonNull(gate.next());
    Duration took = Duration.ofMillis(10);
    gate.ended(
        new TextsEmbedded(List.of(), new TokenUsage(90L, 4L, 0L, 0L, 0L), false),
        answered,
        clock.instant(),
        took);
    gate.ended(Failed.of(CallFailure.THROTTLED, "slow down"), throttled, clock.instant(), took);
    LaneView view = gate.view();

    // Then
    assertThat(view.lane()).isEqualTo("m@r");
    assertThat(view.quota()).isEqualTo(QUOTA);
    assertThat(view.used()).isEqualTo(new LaneUse.Counts(2, 110, 1, 1));
    assertThat(view.open()).isEqualTo(1);
    assertThat(view.limit()).isEqualTo(3);
    assertThat(view.ready()).isEqualTo(2);
    assertThat(view.waiting()).isPositive().isEqualTo(gate.waitingClaims());
    assertThat(view.share()).isEqualTo(0.5);
    assertThat(view.granted()).isBetween(0.5, 0.9);
    assertThat(view.setAside()).isGreaterThanOrEqualTo(open.reservation().most());
    assertThat(view.condition()).isInstanceOf(LaneCondition.Throttled.class);
    assertThat(view.breaker()).isEqualTo("closed");
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public ZoneOffset getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(java.time.ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return clock.instant();
      }
    };
  }
}
