/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.replay;

import static io.streambed.cli.replay.Recordings.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.schemas.ReplayCounts;
import io.streambed.schemas.ReplayOnly;
import io.streambed.schemas.ReplayOrder;
import io.streambed.schemas.ReplayPlace;
import io.streambed.schemas.ReplayProgress;
import io.streambed.schemas.ReplayRun;
import io.streambed.schemas.ReplayState;
import io.streambed.schemas.ReplayWish;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StandingTest {

  private final ReplayRun planned =
      run().setPlan(Recordings.plan(ReplayOnly.ALL, Plans.NOTHING)).build();

  @Test
  void aRunBeginsWhereItsPlanSaysAndGoesOnWhereItsProgressSays() {
    // When
    Standing before = of(List.of(planned));
    Standing after = of(List.of(planned, progress(40, ReplayState.RUNNING)));

    // Then
    assertThat(before.next()).containsEntry(0, 0L);
    assertThat(before.done()).isZero();
    assertThat(after.next()).containsEntry(0, 40L);
    assertThat(after.done()).isEqualTo(40);
    assertThat(after.isOver()).isFalse();
  }

  @Test
  void theLastWordCounts() {
    // When
    Standing standing =
        of(
            List.of(
                planned,
                wish(ReplayOrder.PAUSE),
                progress(40, ReplayState.PAUSED),
                wish(ReplayOrder.GO)));

    // Then
    assertThat(standing.order()).isEqualTo(ReplayOrder.GO);
    assertThat(standing.state()).isEqualTo(ReplayState.PAUSED);
    assertThat(standing.isOver()).isFalse();
  }

  @Test
  void aRunThatNobodyIsAtIsCancelledByTheOrderAlone() {
    // When
    Standing cancelled =
        of(List.of(planned, progress(40, ReplayState.RUNNING), wish(ReplayOrder.CANCEL)));
    Standing tooLate =
        of(List.of(planned, progress(100, ReplayState.DONE), wish(ReplayOrder.CANCEL)));

    // Then
    assertThat(cancelled.state()).isEqualTo(ReplayState.CANCELLED);
    assertThat(cancelled.isOver()).isTrue();
    assertThat(tooLate.state()).isEqualTo(ReplayState.DONE);
  }

  @Test
  void theTimeLeftIsThatOfItsSpeedSinceItsProcessBegan() {
    // Given: one was paused for an hour, and goes on elsewhere; 100 offsets are all
    List<ReplayRun> records =
        List.of(
            planned,
            progress("first", 0, 10),
            progress("first", 10, 40),
            progress("second", 3_610, 45),
            progress("second", 3_640, 60));

    // When, then: 15 in half a minute, or in a minute if it says nothing more
    assertThat(of(records).left(at(3_640))).contains(Duration.ofSeconds(80));
    assertThat(of(records).left(at(3_670))).contains(Duration.ofSeconds(160));
    assertThat(of(records.subList(0, 3)).left(at(10))).contains(Duration.ofSeconds(20));
  }

  @Test
  void noTimeIsLeftToARunThatNobodyIsAt() {
    assertThat(of(List.of(planned)).left(NOW)).isEmpty();
    assertThat(of(List.of(planned, progress("w", 0, 10))).left(at(9))).isEmpty();
    assertThat(
            of(List.of(planned, progress("w", 0, 10), progress(40, ReplayState.PAUSED)))
                .left(at(9)))
        .isEmpty();
    assertThat(of(List.of(planned, progress("w", 0, 10), progress("w", 5, 100))).left(at(9)))
        .contains(Duration.ZERO);
  }

  private static Instant at(long seconds) {
    return NOW.plusSeconds(seconds);
  }

  private static ReplayRun progress(String writer, long seconds, long next) {
    ReplayProgress progress = progress(next, ReplayState.RUNNING).getProgress().orElseThrow();
    return run()
        .setProgress(
            ReplayProgress.newBuilder(progress).setWriter(writer).setWrittenAt(at(seconds)).build())
        .build();
  }

  private static Standing of(List<ReplayRun> records) {
    return Objects.requireNonNull(Standing.of(records).get("r"));
  }

  private static ReplayRun.Builder run() {
    return ReplayRun.newBuilder().setRun("r");
  }

  private static ReplayRun progress(long next, ReplayState state) {
    return run()
        .setProgress(
            ReplayProgress.newBuilder()
                .setNext(List.of(new ReplayPlace(0, next)))
                .setCounts(ReplayCounts.newBuilder().build())
                .setState(state)
                .setWriter("w")
                .setWrittenAt(NOW)
                .build())
        .build();
  }

  private static ReplayRun wish(ReplayOrder order) {
    return run().setWish(new ReplayWish(order, NOW)).build();
  }
}
