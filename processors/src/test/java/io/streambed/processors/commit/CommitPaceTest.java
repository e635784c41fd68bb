/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommitPaceTest {

  private final AfterCommit afterCommit = new AfterCommit(InstantSource.fixed(Instant.EPOCH));
  private final MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
  private final AtomicBoolean unhurried = new AtomicBoolean();
  private final CommitPace pace =
      new CommitPace(
          context, new CommitPace.Settings(afterCommit, Duration.ofMillis(10), unhurried::get));

  @BeforeEach
  void begin() {
    context.setCurrentSystemTimeMs(1_000);
    afterCommit.committed(Duration.ZERO);
  }

  @Test
  void aCommitLongAfterTheLastIsAskedForAtOnce() {
    context.setCurrentSystemTimeMs(1_010);
    pace.want();
    assertThat(context.committed()).isTrue();
    assertThat(context.scheduledPunctuators()).isEmpty();
  }

  @Test
  void aCommitSoonAfterTheLastIsAskedForOnceWhenItsTimeHasCome() {
    // When
    context.setCurrentSystemTimeMs(1_004);
    pace.want();
    pace.want();

    // Then
    assertThat(context.committed()).isFalse();
    assertThat(context.scheduledPunctuators()).hasSize(1);
    CapturedPunctuator later = context.scheduledPunctuators().getFirst();
    assertThat(later.getInterval()).isEqualTo(Duration.ofMillis(6));
    later.getPunctuator().punctuate(1_010);
    assertThat(context.committed()).isTrue();
    assertThat(later.cancelled()).isTrue();
  }

  @Test
  void aCommitThatAnotherStepAskedForServesThisOneToo() {
    // When
    pace.want();
    afterCommit.committed(Duration.ZERO);

    // Then
    assertThat(context.scheduledPunctuators().getFirst().cancelled()).isTrue();
    assertThat(context.committed()).isFalse();
  }

  @Test
  void aCommitThatNothingHurriesWaitsUntilItIsHurried() {
    // Given
    unhurried.set(true);
    context.setCurrentSystemTimeMs(1_012);
    pace.want();
    assertThat(context.committed()).isFalse();
    assertThat(context.scheduledPunctuators().getFirst().getInterval())
        .isEqualTo(Duration.ofMillis(18));

    // When
    unhurried.set(false);
    pace.want();

    // Then
    assertThat(context.committed()).isTrue();
    assertThat(context.scheduledPunctuators().getFirst().cancelled()).isTrue();
  }

  @Test
  void aThreadDoesNotSpendMostOfItsTimeOnCommits() {
    // Given
    context.setCurrentSystemTimeMs(2_000);
    afterCommit.committed(Duration.ofMillis(7));

    // When
    pace.want();

    // Then
    assertThat(context.scheduledPunctuators().getFirst().getInterval())
        .isEqualTo(Duration.ofMillis(21));

    // When: it took longer still
    afterCommit.committed(Duration.ofMillis(400));
    pace.want();

    // Then
    assertThat(context.scheduledPunctuators().getLast().getInterval())
        .isEqualTo(Duration.ofMillis(30));
  }

  @Test
  void aCommitThatIsHurriedBeforeItsTimeComesWhenTheGapIsOver() {
    // Given
    unhurried.set(true);
    context.setCurrentSystemTimeMs(1_004);
    pace.want();

    // When
    unhurried.set(false);
    pace.want();

    // Then
    assertThat(context.scheduledPunctuators())
        .extracting(CapturedPunctuator::getInterval, CapturedPunctuator::cancelled)
        .containsExactly(tuple(Duration.ofMillis(26), true), tuple(Duration.ofMillis(6), false));
  }
}
