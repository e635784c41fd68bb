/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.peers.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.schemas.PromptResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a peer does what it is measured for; runs with -Ppeers-it. */
class PeersIT {

  private static final int PROMPTS = 200;

  @ParameterizedTest
  @ValueSource(strings = {"plain-streams", "parallel-consumer", "flink"})
  void answersEachPromptOnceByACallThatTheLedgerKnows(String peer) throws Exception {
    // Given
    try (PeerTrial trial = PeerTrial.start(folder(peer), 100, Duration.ofMillis(20))) {

      // When
      trial.publish(PROMPTS);

      // Then
      List<PromptResult> results = trial.awaitResults(PROMPTS);
      assertEachOnce(results);
      assertThat(trial.attemptsCalled())
          .containsAll(
              results.stream().map(result -> result.getAttemptId().orElseThrow()).toList());
      assertThat(trial.terminate()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain-streams", "parallel-consumer", "flink"})
  void answersEachPromptOnceThoughItIsKilled(String peer) throws Exception {
    // Given
    try (PeerTrial trial = PeerTrial.start(folder(peer), 20, Duration.ofMillis(50))) {
      trial.publish(PROMPTS);
      trial.awaitFirst(20);

      // When
      trial.killAndRestart();

      // Then
      assertEachOnce(trial.awaitResults(PROMPTS));
    }
  }

  private static Path folder(String peer) {
    return Path.of("..").resolve(peer);
  }

  private static void assertEachOnce(List<PromptResult> results) {
    assertThat(results)
        .extracting(PromptResult::getId)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, PROMPTS).mapToObj(Integer::toString).toList());
  }
}
