/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.local.bedrock.wire.Operation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LedgerTest {
  private static final CallFacts CALL =
      new CallFacts(
          Instant.EPOCH, Operation.CONVERSE, "a-model", "us-east-1", "default", Map.of(), "00", 2);

  private static final int CALLS = 150_000;
  private static final int PAGE = 1_000;

  @Test
  @Timeout(30)
  void aHundredAndFiftyThousandCallsAreReadPageByPage() {
    // Given
    Ledger ledger = filled(CALLS, CALLS);

    // When: each page begins behind the last
    List<Long> read = new ArrayList<>();
    for (List<LedgerEntry> page = page(ledger, 0);
        !page.isEmpty();
        page = page(ledger, page.getLast().sequence())) {
      page.forEach(entry -> read.add(entry.sequence()));
    }

    // Then
    assertThat(read).hasSize(CALLS).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void theNewestAreHeldAndTheOthersCounted() {
    // When
    Ledger ledger = filled(10, 7);

    // Then
    assertThat(ledger.calls()).extracting(LedgerEntry::sequence).first().isEqualTo(4L);
    assertThat(ledger.calls()).hasSize(7);
    assertThat(ledger.forgotten()).isEqualTo(3);
  }

  private static List<LedgerEntry> page(Ledger ledger, long after) {
    LedgerFilter behind =
        new LedgerFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            after,
            Map.of());
    return ledger.calls(behind, PAGE);
  }

  @Test
  void aCallIsOpenUntilItsOutcomeIsNotedOrItLeft() {
    // Given
    Ledger ledger = new Ledger(10);
    Ledger.Line first = ledger.open(CALL);

    // When: its client has the last byte before the server is done with it
    first.settle(new CallOutcome.Refused(503, "busy"));
    Ledger.Line second = ledger.open(CALL);
    first.leave();

    // Then
    assertThat(ledger.mostOpen()).isEqualTo(1);
    ledger.open(CALL);
    second.leave();
    assertThat(ledger.mostOpen()).isEqualTo(2);
  }

  private static Ledger filled(int calls, int kept) {
    Ledger ledger = new Ledger(kept);
    for (int n = 0; n < calls; n++) {
      ledger.open(CALL).settle(new CallOutcome.Refused(503, "busy"));
    }
    return ledger;
  }
}
