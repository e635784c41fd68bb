/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.loadtests.judgement.Usage.Outcome;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JudgementTest {

  @Test
  void nothingIsFoundWhereNothingIsWrong() {
    // When
    Judgement judgement = Judgement.of(Sample.good().evidence());

    // Then
    assertThat(judgement.findings()).allMatch(finding -> finding.count() == 0);
    assertThat(judgement.broken()).isEmpty();
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of("lost", "r-2", Sample.good().withoutSettlement("r-2")),
        Arguments.of("duplicated", "r-2", Sample.good().settledAgain("r-2")),
        Arguments.of("unasked", "r-9", Sample.good().settled("r-9", "a-9").told("a-9", 7)),
        Arguments.of("unknown calls", "a-7", Sample.good().called("a-7", 7)),
        Arguments.of("calls without attempt", "call without attempt 1", Sample.good().calledBare()),
        Arguments.of("paid twice", "a-2", Sample.good().called("a-2", 0).called("a-2", 7)),
        Arguments.of("told twice", "a-2", Sample.good().told("a-2", 0)),
        Arguments.of("mis-billed", "a-3", Sample.good().told("a-3", 7).called("a-3", 8)),
        Arguments.of(
            "failed and billed",
            "a-5",
            Sample.good().called("a-5", 7).told("a-5", Outcome.FAILED, 0)),
        Arguments.of("settled without a bill", "a-4", Sample.good().settled("r-1", "a-4")),
        Arguments.of(
            "under-estimated", "a-5", Sample.good().called("a-5", 8).possiblyBilled("a-5", 7)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void aFaultIsFoundByItsNumber(String what, String id, Sample sample) {
    // When
    Judgement judgement = Judgement.of(sample.evidence());

    // Then
    assertThat(judgement.broken())
        .filteredOn(finding -> finding.what().equals(what))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.count()).isEqualTo(1);
          assertThat(finding.examples()).containsExactly(id);
        });
  }

  @Test
  void aCallWhoseAnswerWasLostAndThatWasToldIsReSentAndNoFault() {
    // Given: attempt 5 was received and paid, attempt 6 never left the process
    Sample sample =
        Sample.good().called("a-5", 7).possiblyBilled("a-5", 9).possiblyBilled("a-6", 9);

    // When
    Judgement judgement = Judgement.of(sample.evidence());

    // Then
    assertThat(judgement.broken()).isEmpty();
    assertThat(judgement.count("re-sent")).isEqualTo(1);
    assertThat(judgement.count("possibly billed and not received")).isEqualTo(1);
  }

  @Test
  void aSubjectWithoutUsageEventsIsJudgedByItsResults() {
    // Given
    Sample sample = Sample.good().withoutSettlement("r-2").called("a-1", 7);

    // When
    Judgement judgement = Judgement.withoutUsage(sample.evidence());

    // Then
    assertThat(judgement.broken()).extracting(Finding::what).isEqualTo(List.of("lost"));
    assertThat(judgement.count("paid and not used")).isEqualTo(1);
  }
}
