/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.schemas.DeadLetterCode;
import io.streambed.schemas.FailureKind;
import io.streambed.schemas.Redrive;
import io.streambed.schemas.RedriveOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private final Ledger ledger = new Ledger();

  @Test
  void whatWasRedrivenIsKnownByPlaceAndTime() {
    // Given
    ledger.note(said(1, RedriveOutcome.REDRIVEN, "a"));

    // Then
    assertThat(state(1)).isEqualTo(Ledger.State.REDRIVEN);
    assertThat(state(2)).isEqualTo(Ledger.State.OPEN);
    RequestPlace anotherTopicOfThatName =
        new RequestPlace("prompt-requests", 1, 1, Letters.REQUESTED.plusMillis(1));
    assertThat(ledger.stateOf(anotherTopicOfThatName)).isEqualTo(Ledger.State.OPEN);
  }

  @Test
  void whatWasParkedCanBeRedrivenLater() {
    // Given
    ledger.note(said(1, RedriveOutcome.PARKED, "a"));
    assertThat(state(1)).isEqualTo(Ledger.State.PARKED);

    // When
    ledger.note(said(1, RedriveOutcome.REDRIVEN, "b"));

    // Then
    assertThat(state(1)).isEqualTo(Ledger.State.REDRIVEN);
  }

  @Test
  void aRunHasRedrivenEachOnceHoweverOftenThatIsSaid() {
    // Given
    ledger.note(said(1, RedriveOutcome.REDRIVEN, "a"));
    ledger.note(said(1, RedriveOutcome.REDRIVEN, "a"));
    ledger.note(said(2, RedriveOutcome.REDRIVEN, "a"));
    ledger.note(said(3, RedriveOutcome.PARKED, "a"));
    ledger.note(said(4, RedriveOutcome.UNKNOWN, "a"));

    // Then
    assertThat(ledger.redrivenBy("a")).isEqualTo(2);
    assertThat(ledger.redrivenBy("b")).isZero();
    assertThat(state(4)).isEqualTo(Ledger.State.OPEN);
  }

  private Ledger.State state(long offset) {
    return ledger.stateOf(RequestPlace.of(Letters.at(offset, List.of())));
  }

  private static Redrive said(long offset, RedriveOutcome outcome, String run) {
    return Redrive.newBuilder()
        .setRun(run)
        .setOutcome(outcome)
        .setId("order-" + offset)
        .setOriginalId("order-" + offset)
        .setCode(DeadLetterCode.MODEL_ERROR)
        .setKind(FailureKind.PROVIDER)
        .setSourceTopic("prompt-requests")
        .setSourcePartition(1)
        .setSourceOffset(offset)
        .setRequestedAt(Letters.REQUESTED)
        .setRedrives(1)
        .setWrittenAt(Letters.REQUESTED)
        .build();
  }
}
