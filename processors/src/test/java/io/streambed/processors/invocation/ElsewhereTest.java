/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.processors.invocation.Elsewhere.Word;
import io.streambed.schemas.TokenUsage;
import io.streambed.schemas.state.EndedCall;
import io.streambed.schemas.state.MovedCalls;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ElsewhereTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Elsewhere elsewhere = new Elsewhere("me");
  private Instant now = START;

  @Test
  void anAttemptThatNobodySpeaksOfIsLostAsSoonAsAllIsReadThatWasSaidBeforeItsTaskOpened() {
    // When, Then
    assertThat(look("a")).isEqualTo(new Word.Wait());
    assertThat(elsewhere.takeAsked()).isTrue();
    assertThat(elsewhere.takeAsked()).isFalse();
    elsewhere.readTo(START.minusMillis(1));
    assertThat(look("a")).isEqualTo(new Word.Wait());
    elsewhere.readTo(START);
    assertThat(look("a")).isEqualTo(new Word.Lost());
  }

  @Test
  void aReaderThatDoesNotGetThereHoldsNobodyUpForLong() {
    // When
    now = START.plus(Elsewhere.PATIENCE);

    // Then
    assertThat(look("a")).isEqualTo(new Word.Lost());
  }

  @Test
  void anOpenAttemptIsWaitedForAsLongAsThatIsSaidAndNoLonger() {
    // Given
    for (int i = 0; i < 600; i++) {
      say("other", "a");
      pass(SECOND);
      assertThat(look("a")).isEqualTo(new Word.Wait());
    }

    // When, Then
    Instant silent = now.plus(Elsewhere.SILENCE);
    while (now.isBefore(silent.minus(SECOND))) {
      assertThat(look("a")).isEqualTo(new Word.Wait());
      pass(SECOND);
    }
    pass(SECOND);
    assertThat(look("a")).isEqualTo(new Word.Lost());
  }

  @Test
  void nobodyIsSilentWhileTheReaderIsAway() {
    // Given
    say("other", "a");
    pass(SECOND);

    // When
    now = now.plus(Duration.ofSeconds(25));
    assertThat(look("a")).isEqualTo(new Word.Wait());
    elsewhere.readTo(now);

    // Then
    assertThat(look("a")).isEqualTo(new Word.Wait());
    pass(SECOND);
    assertThat(look("a")).isEqualTo(new Word.Wait());
    for (int i = 0; i < 4; i++) {
      pass(SECOND);
    }
    assertThat(look("a")).isEqualTo(new Word.Lost());
  }

  @Test
  void whatAnInstanceThatStopsHasNotToldIsLostAtOnce() {
    // Given
    say("other", "a", "b", "c");
    end("other", "b");
    elsewhere.hear(
        MovedCalls.newBuilder().setInstance("other").setNeverSent(List.of("c")).build(), 1, now);
    pass(SECOND);

    // When
    elsewhere.hear(MovedCalls.newBuilder().setInstance("other").setGone(true).build(), 1, now);

    // Then
    assertThat(look("a")).isEqualTo(new Word.Lost());
    assertThat(look("b")).isInstanceOf(Word.Ended.class);
    assertThat(look("c")).isEqualTo(new Word.NeverSent());
  }

  @Test
  void anEndIsKeptForAWhileWhateverIsSaidAfterIt() {
    // Given
    end("other", "a");
    say("other", "a");

    // When, Then
    pass(Elsewhere.KEPT);
    assertThat(look("a")).isInstanceOf(Word.Ended.class);
    pass(SECOND);
    assertThat(look("a")).isEqualTo(new Word.Lost());
  }

  @Test
  void anInstanceDoesNotWaitForItself() {
    // Given
    say("me", "a");
    end("me", "b");
    pass(SECOND);

    // Then
    assertThat(look("a")).isEqualTo(new Word.Lost());
    assertThat(look("b")).isEqualTo(new Word.Lost());
  }

  @Test
  void whatIsKeptIsBoundedInBytesAndTheOldestGoesFirst() {
    // Given
    int third = (int) (Elsewhere.MOST_BYTES / 3) - 1;
    for (String id : List.of("a", "b", "c", "d")) {
      elsewhere.hear(ended("other", id), third, now);
    }
    elsewhere.readTo(now);

    // Then
    assertThat(look("a")).isEqualTo(new Word.Lost());
    assertThat(look("b")).isInstanceOf(Word.Ended.class);
    assertThat(look("d")).isInstanceOf(Word.Ended.class);
  }

  private Word look(String attempt) {
    return elsewhere.look(attempt, START, now);
  }

  private void pass(Duration time) {
    now = now.plus(time);
    elsewhere.readTo(now);
  }

  private void say(String instance, String... open) {
    elsewhere.hear(
        MovedCalls.newBuilder().setInstance(instance).setOpen(List.of(open)).build(), 100, now);
  }

  private void end(String instance, String attempt) {
    elsewhere.hear(ended(instance, attempt), 100, now);
  }

  private static MovedCalls ended(String instance, String attempt) {
    EndedCall end =
        EndedCall.newBuilder()
            .setAttemptId(attempt)
            .setFlights(List.of())
            .setEndedAt(START)
            .setOpenMillis(1)
            .setUsage(new TokenUsage(0L, 0L, 0L, 0L, 0L))
            .build();
    return MovedCalls.newBuilder().setInstance(instance).setEnded(end).build();
  }
}
