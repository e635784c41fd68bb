/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.letters;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.cli.harness.Letters;
import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.DeadLetterCode;
import io.streambed.schemas.FailureKind;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SelectionTest {
  private static final DeadLetter LETTER = Letters.at(7).build();
  private static final DeadLetter UNREADABLE =
      Letters.at(8)
          .setCode(DeadLetterCode.UNREADABLE)
          .setKind(FailureKind.CALLER)
          .setTenant(null)
          .setModel(null)
          .setMessage("the value is not Avro")
          .setSourceTopic("embedding-requests")
          .setSettledAt(Letters.SETTLED.plusSeconds(10))
          .build();

  /** Each takes the first letter and not the second. */
  static Stream<Arguments> ofTheFirst() {
    Set<String> none = Set.of();
    Optional<String> any = Optional.empty();
    return Stream.of(
        Arguments.of(
            "code",
            some(Set.of(DeadLetterCode.MODEL_ERROR), Set.of(), none, none, none, none, any)),
        Arguments.of(
            "kind",
            some(
                Set.of(),
                Set.of(FailureKind.PROVIDER, FailureKind.BUG),
                none,
                none,
                none,
                none,
                any)),
        Arguments.of("tenant", some(Set.of(), Set.of(), Set.of("acme"), none, none, none, any)),
        Arguments.of("model", some(Set.of(), Set.of(), none, Set.of("small"), none, none, any)),
        Arguments.of(
            "topic", some(Set.of(), Set.of(), none, none, Set.of("prompt-requests"), none, any)),
        Arguments.of("id", some(Set.of(), Set.of(), none, none, none, Set.of("order-7"), any)),
        Arguments.of(
            "place",
            some(Set.of(), Set.of(), none, none, none, Set.of("prompt-requests-0-7"), any)),
        Arguments.of(
            "text", some(Set.of(), Set.of(), none, none, none, none, Optional.of("MODEL went"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ofTheFirst")
  void whatIsGivenMustHold(String what, Selection selection) {
    assertThat(selection.test(LETTER)).isTrue();
    assertThat(selection.test(UNREADABLE)).isFalse();
    assertThat(selection.isAll()).isFalse();
  }

  @Test
  void aTimeBeginsWithItsFirstMomentAndEndsBeforeItsLast() {
    Selection before = during(Instant.MIN, UNREADABLE.getSettledAt());
    assertThat(before.test(LETTER)).isTrue();
    assertThat(before.test(UNREADABLE)).isFalse();
    Selection after = during(UNREADABLE.getSettledAt(), Instant.MAX);
    assertThat(after.test(LETTER)).isFalse();
    assertThat(after.test(UNREADABLE)).isTrue();
  }

  @Test
  void nothingGivenMeansAll() {
    assertThat(Selection.ALL.test(LETTER)).isTrue();
    assertThat(Selection.ALL.test(UNREADABLE)).isTrue();
    assertThat(Selection.ALL.isAll()).isTrue();
  }

  private static Selection during(Instant from, Instant until) {
    return new Selection(
        Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Optional.empty(), from, until);
  }

  private static Selection some(
      Set<DeadLetterCode> codes,
      Set<FailureKind> kinds,
      Set<String> tenants,
      Set<String> models,
      Set<String> topics,
      Set<String> ids,
      Optional<String> text) {
    return new Selection(
        codes, kinds, tenants, models, topics, ids, text, Instant.MIN, Instant.MAX);
  }
}
