/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.cli.demo.DemoLine.Content;
import io.streambed.cli.settlement.Settlement;
import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.DeadLetterCode;
import io.streambed.schemas.FailureKind;
import io.streambed.schemas.PromptRequest;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WorkloadTest {
  @Test
  void theFilesHoldWhatTheDemoPromises() throws Exception {
    // When
    Workload workload = Workload.read(Instant.now());

    // Then
    List<DemoLine> all =
        Stream.concat(workload.first().stream(), workload.later().stream()).toList();
    List<String> outcomes = all.stream().map(one -> one.expectation().outcome()).toList();
    assertThat(all).hasSizeBetween(60, 80);
    assertThat(outcomes)
        .contains(
            "MODEL",
            "COALESCED",
            "CACHE",
            "UNREADABLE",
            "UNKNOWN_MODEL",
            "EXPIRED",
            "REQUEST_TOO_LARGE",
            "REJECTED_BY_MODEL",
            "MODEL_ERROR");
    assertThat(all).filteredOn(one -> one.fault().isPresent()).hasSize(4);
    assertThat(all).filteredOn(one -> one.expectation().repeat()).hasSize(3);
    assertThat(all).filteredOn(one -> one.content() instanceof Content.Raw).hasSize(1);
  }

  @Test
  void everyFaultMeetsItsOwnRequestAlone() throws Exception {
    // Given
    Workload workload = Workload.read(Instant.now());
    List<String> marks =
        workload.first().stream()
            .flatMap(one -> one.fault().stream())
            .map(fault -> fault.match().bodyContains().orElseThrow())
            .toList();

    // Then
    for (String mark : marks) {
      assertThat(workload.first().stream().filter(one -> text(one).contains(mark)))
          .as(mark)
          .hasSize(1);
    }
  }

  private static String text(DemoLine one) {
    return one.content() instanceof Content.Whole(var request)
            && request.value() instanceof PromptRequest prompt
        ? prompt.getMessages().getFirst().getContent().getFirst().getText().orElse("")
        : "";
  }

  @Test
  void anotherSettlementThanExpectedIsNoSuccess() {
    // Given
    Tally tally = new Tally();
    Settlement dead =
        new Settlement.Dead(
            DeadLetter.newBuilder()
                .setId("1")
                .setCode(DeadLetterCode.EXPIRED)
                .setKind(FailureKind.CALLER)
                .setMessage("late")
                .setSourceTopic("t")
                .setSourcePartition(0)
                .setSourceOffset(0)
                .setRequestedAt(Instant.EPOCH)
                .setSettledAt(Instant.EPOCH)
                .build());

    // When
    tally.published(1);
    tally.settled(dead);
    new Expectation("MODEL", false).mismatch(dead).ifPresent(tally::surprise);

    // Then
    assertThat(tally.asExpected()).isFalse();
    assertThat(new Expectation("EXPIRED", false).mismatch(dead)).isEmpty();
    assertThat(new Expectation("EXPIRED", true).mismatch(dead)).contains("expected EXPIRED again");
    assertThat(tally.closing(0))
        .isEqualTo(
            "settled 1 of 1 requests: 0 results, 1 dead letters, 0 model calls, 0 answered without a call");
  }

  @Test
  void aRequestThatIsNotSettledIsNoSuccess() {
    Tally tally = new Tally();
    tally.published(1);
    assertThat(tally.asExpected()).isFalse();
  }
}
