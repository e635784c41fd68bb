/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.streambed.cli.replay.Recordings;
import io.streambed.cli.settlement.Settlement;
import io.streambed.cli.show.ComparisonTable;
import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.DeadLetterCode;
import io.streambed.schemas.FailureKind;
import io.streambed.schemas.replay.Place;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TotalsTest {

  private final Side answer = answer("a", 100);
  private final Side other = answer("b", 50);
  private final Side dead =
      Side.of(
          new Settlement.Dead(
              DeadLetter.newBuilder()
                  .setId("a")
                  .setCode(DeadLetterCode.THROTTLED)
                  .setKind(FailureKind.CAPACITY)
                  .setMessage("m")
                  .setSpentPicoDollars(3)
                  .setSourceTopic("t")
                  .setSourcePartition(0)
                  .setSourceOffset(0)
                  .setRequestedAt(Recordings.NOW)
                  .setSettledAt(Recordings.NOW)
                  .build()));

  @Test
  void everyPairHasOneVerdict() {
    assertThat(pair(answer, answer).verdict()).isEqualTo(Verdict.EQUAL);
    assertThat(pair(answer, other).verdict()).isEqualTo(Verdict.CHANGED);
    assertThat(pair(dead, answer).verdict()).isEqualTo(Verdict.MENDED);
    assertThat(pair(answer, dead).verdict()).isEqualTo(Verdict.BROKEN);
    assertThat(pair(dead, dead).verdict()).isEqualTo(Verdict.FAILED);
    assertThat(pair(null, answer).verdict()).isEqualTo(Verdict.NEW);
  }

  @Test
  void theSumIsThatOfThePairs() {
    // Given
    Totals totals = new Totals();

    // When
    List.of(pair(answer, other), pair(answer, dead), pair(dead, answer), pair(null, answer))
        .forEach(totals::add);

    // Then: what has no earlier settlement is compared with nothing
    assertThat(totals.pairs()).isEqualTo(4);
    assertThat(totals.output()).isEqualTo(new Totals.Sums(200, 150));
    assertThat(totals.cost()).isEqualTo(new Totals.Sums(14_003, 14_003));
    assertThat(totals.spent()).isEqualTo(21_003);
    assertThat(totals.failures()).containsEntry("THROTTLED", new Totals.Sums(1, 1));
    assertThat(totals.stopReasons()).containsEntry("end_turn", new Totals.Sums(2, 3));
    assertThat(ComparisonTable.lines(totals)).anyMatch(line -> line.contains("-25.0 %"));
  }

  @Test
  void distancesAreSummedUpWhereTheyWereAskedForOnly() {
    // Given
    Totals without = new Totals();
    without.add(pair(answer, other));
    Totals with = new Totals();
    for (int percent = 100; percent >= 1; percent--) {
      with.add(pair(answer, other, OptionalDouble.of(percent / 100.0)));
    }

    // When
    JsonNode summed = ComparisonTable.json("r", with).path("distance");

    // Then
    assertThat(ComparisonTable.json("r", without).has("distance")).isFalse();
    assertThat(summed.path("answers").asInt()).isEqualTo(100);
    assertThat(summed.path("median").asDouble()).isEqualTo(0.51);
    assertThat(summed.path("90of100").asDouble()).isEqualTo(0.91);
    assertThat(summed.path("largest").asDouble()).isEqualTo(1);
  }

  @Test
  void distancesThatAreNotKnownAreToldWithWhy() {
    // Given
    Totals totals = new Totals();
    totals.add(pair(answer, other));

    // When
    totals.unmeasured("dead letter MODEL_ERROR", 1);
    totals.unmeasured("dead letter MODEL_ERROR", 1);

    // Then
    assertThat(ComparisonTable.lines(totals))
        .contains("distance of 2 changed answers not known: dead letter MODEL_ERROR");
    assertThat(
            ComparisonTable.json("r", totals)
                .path("unmeasured")
                .path("dead letter MODEL_ERROR")
                .asInt())
        .isEqualTo(2);
  }

  @Test
  void vectorsOfOneDirectionAreNotApart() {
    assertThat(Distance.cosine(List.of(1f, 2f), List.of(2f, 4f)).orElseThrow())
        .isCloseTo(0, within(1e-9));
    assertThat(Distance.cosine(List.of(1f, 0f), List.of(0f, 5f)).orElseThrow())
        .isCloseTo(1, within(1e-9));
    assertThat(Distance.cosine(List.of(1f), List.of(1f, 2f))).isEmpty();
    assertThat(Distance.cosine(List.of(0f), List.of(1f))).isEmpty();
  }

  private static Side answer(String id, long tokens) {
    return Side.of(
        new Settlement.Answered(Recordings.result(id, new byte[32], "end_turn", tokens)));
  }

  private static Pair pair(@Nullable Side before, Side after) {
    return pair(before, after, OptionalDouble.empty());
  }

  private static Pair pair(@Nullable Side before, Side after, OptionalDouble distance) {
    return new Pair(
        new Place("t", 0, 0), "a", "default", Optional.ofNullable(before), after, false, distance);
  }
}
