/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

class OutcomeTest {

  @Test
  void eachRecordHasItsOwnOutcome() {
    // Given
    PutRecordsResultEntry taken =
        PutRecordsResultEntry.builder().sequenceNumber("49").shardId("shardId-0").build();
    PutRecordsResultEntry throttled =
        PutRecordsResultEntry.builder()
            .errorCode("ProvisionedThroughputExceededException")
            .errorMessage("Rate exceeded")
            .build();
    PutRecordsResultEntry failed =
        PutRecordsResultEntry.builder().errorCode("InternalFailure").build();

    // When
    List<Outcome> outcomes = Outcome.of(List.of(taken, throttled, failed), 3);

    // Then
    assertThat(outcomes)
        .containsExactly(
            new Outcome.Taken("shardId-0"),
            new Outcome.Throttled(),
            new Outcome.Failed("InternalFailure"));
  }

  @Test
  void aRecordThatIsNotMentionedWasNotTaken() {
    // When
    List<Outcome> outcomes = Outcome.of(List.of(PutRecordsResultEntry.builder().build()), 2);

    // Then
    assertThat(outcomes).hasSize(2).allMatch(Outcome.Failed.class::isInstance);
  }
}
