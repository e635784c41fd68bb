/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class SteadyClockTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private Instant wall = NOON;
  private long nanos = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(30);
  private final SteadyClock clock = new SteadyClock(() -> wall, () -> nanos);

  @Test
  void itIsTheWallClockWhileThatGoesOn() {
    // When, then: also where the nanoseconds pass their largest number
    for (int second = 0; second < 60; second++) {
      assertThat(clock.instant()).isEqualTo(wall);
      pass(Duration.ofSeconds(1));
    }
  }

  @Test
  void aStepAheadIsFollowedAtOnce() {
    // When
    step(Duration.ofMinutes(30));

    // Then
    assertThat(clock.instant()).isEqualTo(NOON.plus(Duration.ofMinutes(30)));
  }

  @Test
  void afterAStepBackNoTimeComesAgainAndNoWaitTakesMoreThanTwiceItsTime() {
    // Given
    Instant before = clock.instant();
    step(Duration.ofMinutes(-30));

    // When: it is read at any pace
    List<Instant> read = new ArrayList<>(List.of(before));
    for (int millis = 0; millis < 10_000; millis += 7) {
      pass(Duration.ofMillis(7));
      read.add(clock.instant());
    }
    pass(Duration.ofSeconds(10));

    // Then
    assertThat(read).isSorted();
    assertThat(Duration.between(before, clock.instant()))
        .isBetween(Duration.ofSeconds(10), Duration.ofMillis(10_010));
  }

  @Test
  void aStepBackIsCaughtUpInTwiceItsTime() {
    // Given
    clock.instant();
    step(Duration.ofMinutes(-30));

    // When
    pass(Duration.ofMinutes(59));
    assertThat(clock.instant()).isAfter(wall);
    pass(Duration.ofMinutes(1));

    // Then
    assertThat(clock.instant()).isEqualTo(wall);
    pass(Duration.ofSeconds(1));
    assertThat(clock.instant()).isEqualTo(wall);
  }

  @Test
  void kafkaStreamsTimersGoByIt() {
    // Given
    StreamsTime time = new StreamsTime(clock);
    long due = time.milliseconds() + 100;
    step(Duration.ofMinutes(-30));

    // When
    pass(Duration.ofMillis(200));

    // Then
    assertThat(time.milliseconds()).isEqualTo(due);
  }

  @Test
  void noRecordLeavesWithATimeThatIsAheadOfTheWallClock() {
    // Given
    byte[] value = "value".getBytes(UTF_8);
    ProducerRecord<byte[], byte[]> later = new ProducerRecord<>("topic", 3, 2_000L, value, value);
    later.headers().add("name", value);

    // When
    ProducerRecord<byte[], byte[]> sent = CommitNoticingProducer.notAhead(later, 1_500);

    // Then
    assertThat(sent)
        .isEqualTo(new ProducerRecord<>("topic", 3, 1_500L, value, value, later.headers()));
    assertThat(CommitNoticingProducer.notAhead(later, 2_000)).isSameAs(later);
  }

  private void pass(Duration time) {
    wall = wall.plus(time);
    nanos += time.toNanos();
  }

  private void step(Duration by) {
    wall = wall.plus(by);
  }
}
