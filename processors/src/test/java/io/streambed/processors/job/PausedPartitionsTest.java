/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PausedPartitionsTest {

  private static final TopicPartition PARTITION = new TopicPartition("prompt-requests", 1);

  private final PausedPartitions paused = new PausedPartitions();

  @Test
  void aPartitionStaysPausedUntilEveryOwnerHasResumedIt() {
    // Given
    paused.pause(PARTITION, "one");
    paused.pause(PARTITION, "other");

    // When
    paused.resume(PARTITION, "one");

    // Then
    assertThat(paused.isPaused(PARTITION)).isTrue();
    paused.resume(PARTITION, "other");
    assertThat(paused.isPaused(PARTITION)).isFalse();
    assertThat(paused.all()).isEmpty();
  }

  @Test
  void pausingTwiceNeedsOneResume() {
    // Given
    paused.pause(PARTITION, "one");
    paused.pause(PARTITION, "one");

    // When
    paused.resume(PARTITION, "one");

    // Then
    assertThat(paused.isPaused(PARTITION)).isFalse();
  }

  @Test
  void resumingWhatIsNotPausedChangesNothing() {
    // Given
    paused.pause(PARTITION, "one");

    // When
    paused.resume(PARTITION, "stranger");

    // Then
    assertThat(paused.isPaused(PARTITION)).isTrue();
  }
}
