/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.replay;

import static io.streambed.cli.replay.Recordings.NOW;
import static io.streambed.cli.replay.Recordings.plan;
import static io.streambed.cli.replay.Recordings.platform;
import static io.streambed.cli.replay.Recordings.prompt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.streambed.processors.model.PriceTable;
import io.streambed.schemas.CachePolicy;
import io.streambed.schemas.ReplayChanges;
import io.streambed.schemas.ReplayOnly;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EstimateTest {

  private static final LocalDate DAY = LocalDate.ofInstant(NOW, ZoneOffset.UTC);
  private static final ReplayChanges CHEAP = ReplayChanges.newBuilder().setModel("cheap").build();

  private final Estimate estimate = new Estimate(platform().models(), PriceTable.builtIn(), DAY);
  private final Recordings earlier = new Recordings();

  @Test
  void moneyIsThatOfTheLengthsOfEarlierAnswers() {
    // Given: 50 tokens in and 200 out, at 0.06 and 0.24 dollars a million
    Recorded recorded = prompt(1, "a", "Why?", 400);
    earlier.answered(recorded, "end_turn", 200);

    // When
    add(recorded, CHEAP);

    // Then
    assertThat(estimate.calls()).isEqualTo(1);
    assertThat(estimate.withLengths()).isEqualTo(1);
    assertThat(estimate.picoDollars()).isEqualTo(50 * 60_000.0 + 200 * 240_000.0);
  }

  @Test
  void withoutLengthsAnswersAreAsLongAsOthersOfTheModel() {
    // Given
    Recorded recorded = prompt(1, "a", "Why?", 400);
    earlier.on(new Earlier.Means(10, 120, 800));

    // When
    add(recorded, CHEAP);

    // Then
    assertThat(estimate.withLengths()).isZero();
    assertThat(estimate.lanes().getFirst().outputTokens()).isEqualTo(120);
  }

  @Test
  void ofEqualRequestsOneIsPaidFor() {
    // When
    add(prompt(1, "a", "Why?", 400), CHEAP);
    add(prompt(2, "b", "Why?", 400), CHEAP);
    add(prompt(3, "c", "How?", 400), CHEAP);

    // Then
    assertThat(estimate.calls()).isEqualTo(2);
    assertThat(estimate.equal()).isEqualTo(1);
    assertThat(estimate.read()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource(
      value = CachePolicy.class,
      names = {"BYPASS", "REFRESH"})
  void whoeverWantsNoEarlierAnswerIsPaidForThoughItAsksTheSame(CachePolicy policy) {
    // When
    for (int i = 0; i < 1_000; i++) {
      add(prompt(i, "q" + i, "Why?", 400), changed(policy));
    }

    // Then
    assertThat(estimate.calls()).isEqualTo(1_000);
    assertThat(estimate.equal()).isZero();
    assertThat(estimate.lanes().getFirst().calls()).isEqualTo(1_000);
  }

  @Test
  void whatARefreshBringsServesWhoeverWillHaveAnEarlierAnswer() {
    // When
    add(prompt(1, "a", "Why?", 400), changed(CachePolicy.BYPASS));
    add(prompt(2, "b", "Why?", 400), changed(CachePolicy.REFRESH));
    add(prompt(3, "c", "Why?", 400), changed(CachePolicy.USE));

    // Then
    assertThat(estimate.calls()).isEqualTo(2);
    assertThat(estimate.equal()).isEqualTo(1);
  }

  private static ReplayChanges changed(CachePolicy policy) {
    return ReplayChanges.newBuilder(CHEAP).setCachePolicy(policy).build();
  }

  @Test
  void timeIsThatOfTheScarcestQuotaWithinTheShare() {
    // Given: 60 calls and 60,000 tokens a minute, an answer's token counting five times
    for (int i = 0; i < 30; i++) {
      Recorded recorded = prompt(i, "q" + i, "Question " + i, 400);
      earlier.answered(recorded, "end_turn", 390);
      add(recorded, CHEAP);
    }

    // When
    Optional<Double> seconds = estimate.seconds(new Share(0.5));

    // Then: 30 * (50 + 5 * 390) tokens at 500 a second
    assertThat(seconds.orElseThrow()).isCloseTo(120, within(0.1));
    assertThat(estimate.seconds(new Share(1)).orElseThrow()).isCloseTo(60, within(0.1));
  }

  private void add(Recorded recorded, ReplayChanges changes) {
    Judge judge = new Judge(plan(ReplayOnly.ALL, changes), platform(), earlier);
    estimate.add(judge.of(recorded, NOW), earlier);
  }
}
