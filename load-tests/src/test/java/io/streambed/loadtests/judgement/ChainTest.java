/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChainTest {
  private static final Set<String> COMMITTED = Set.of("a-1", "a-2", "a-5", "a-6", "a-7");

  /** Attempt 5 was cut off, attempt 6 had not gone out, attempt 7 was taken back. */
  private static Sample good() {
    return Sample.good()
        .called("a-5", 7)
        .possiblyBilled("a-5", 9)
        .possiblyBilled("a-6", 9)
        .tellingOf("r-1", 2);
  }

  @Test
  void theDifferencesBetweenTheLinksAreToldByNumber() {
    // When
    List<Finding> findings = Chain.of(good().evidence(), COMMITTED).findings(true);

    // Then
    assertThat(findings).noneMatch(Finding::broken);
    assertThat(new Judgement(findings))
        .returns(1L, it -> it.count("received and not settled"))
        .returns(2L, it -> it.count("told as possibly billed"))
        .returns(1L, it -> it.count("told and not received"))
        .returns(3L, it -> it.count("committed and not settled"))
        .returns(1L, it -> it.count("committed and not told"));
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of("received and not told", good().called("a-7", 7), COMMITTED),
        Arguments.of("told and settled", good().told("a-6", 7), COMMITTED),
        Arguments.of("told and not committed", good(), Set.of("a-1", "a-2", "a-5")),
        Arguments.of("received before their commit", good(), Set.of("a-1", "a-2", "a-6")),
        Arguments.of("settled and not committed", good(), Set.of("a-1", "a-5", "a-6")),
        Arguments.of("told otherwise by results", good().tellingOf("r-1", 1), COMMITTED));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void aLinkThatIsMissingIsAFault(String what, Sample sample, Set<String> committed) {
    // When
    List<Finding> findings = Chain.of(sample.evidence(), committed).findings(true);

    // Then
    assertThat(findings)
        .filteredOn(Finding::broken)
        .filteredOn(finding -> finding.what().equals(what))
        .singleElement()
        .returns(1L, Finding::count);
  }
}
