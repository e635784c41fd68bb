/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.redrive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.RecordHeader;
import io.streambed.schemas.redrive.RedriveMark;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedrivingTest {
  private static final RecordHeader TRACE = Letters.header("traceparent", "00-1");

  @Test
  void theRecordIsTheSameButForWhatIsReserved() {
    // Given: somebody has written what is ours to write
    DeadLetter letter =
        Letters.at(7, List.of(TRACE, Letters.header("Streambed-Anything", "x"), TRACE));

    // When
    Resend resend = redriven(new Redriving("run", 3), letter);

    // Then
    assertThat(resend.topic()).isEqualTo("prompt-requests");
    assertThat(resend.original().key()).asString().isEqualTo("key");
    assertThat(resend.original().value()).asString().isEqualTo("value");
    assertThat(resend.headers()).startsWith(TRACE, TRACE);
    assertThat(resend.headers()).hasSize(2 + 4);
    assertThat(RedriveMark.in(resend.headers()))
        .contains(new RedriveMark(1, "order-7", "run", "prompt-requests-1-7"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10})
  void aRequestThatAlwaysFailsIsRedrivenSoOftenAndThenParked(int most) {
    // Given
    Redriving redriving = new Redriving("run", most);
    DeadLetter letter = Letters.at(0, List.of(TRACE));

    for (int time = 1; time <= most; time++) {
      // When: it fails again each time, at another place and under the headers that it was given
      Resend resend = redriven(redriving, letter);

      // Then
      assertThat(resend.mark().redrives()).isEqualTo(time);
      assertThat(resend.mark().originalId()).isEqualTo("order-0");
      assertThat(resend.headers()).hasSize(1 + 4);
      letter = Letters.at(time, resend.headers());
    }
    assertThat(redriving.decide(letter, original(letter), "prompt-requests"))
        .isEqualTo(new Verdict.Parked(letter, "order-0", most));
  }

  @Test
  void aRunHasANameAndRedrivesAtLeastOnce() {
    assertThatThrownBy(() -> new Redriving(" ", 1)).hasMessageContaining("run");
    assertThatThrownBy(() -> new Redriving("run", 0)).hasMessageContaining("most");
  }

  @Test
  void whatItIsSaidToTakeIsNoLessThanItTakes() {
    // Given
    DeadLetter letter = Letters.at(7, List.of(TRACE));

    // When
    Resend resend = redriven(new Redriving("run", 3), letter);

    // Then
    int headers =
        resend.headers().stream()
            .mapToInt(
                header -> header.getKey().length() + header.getValue().orElseThrow().remaining())
            .sum();
    assertThat(resend.size()).isGreaterThan("key".length() + "value".length() + headers);
  }

  private static Resend redriven(Redriving redriving, DeadLetter letter) {
    return ((Verdict.Again) redriving.decide(letter, original(letter), "prompt-requests")).resend();
  }

  private static Original original(DeadLetter letter) {
    return ((Whereabouts.Here) Whereabouts.of(letter)).original();
  }
}
