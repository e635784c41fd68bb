/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.streambed.processors.model.ModelCall.EmbeddingCall;
import io.streambed.processors.model.ModelResult.Failed;
import io.streambed.processors.model.ModelResult.PromptAnswered;
import io.streambed.schemas.TokenUsage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MeteredModelClientTest {

  private static final Lane LANE = new Lane("m", "us-east-1", 1);
  private static final ModelCall CALL = new EmbeddingCall("a1", LANE, "acme", List.of());

  private final MockClock clock = new MockClock();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
  private final Later later = new Later();
  private final MeteredModelClient client = new MeteredModelClient(later, meters);

  @Test
  void callsAreCountedAndTimedByLaneAndOutcome() {
    // Given
    client.call(CALL);
    client.call(CALL);
    clock.add(Duration.ofMillis(30));

    // When
    later.answer(
        new PromptAnswered(
            List.of(), "end_turn", Optional.empty(), new TokenUsage(3L, 4L, 5L, 6L, 0L)));
    later.answer(Failed.of(CallFailure.THROTTLED, "slow down"));

    // Then
    assertThat(calls("answered")).isEqualTo(30);
    assertThat(calls("throttled")).isEqualTo(30);
    assertThat(tokens("input")).isEqualTo(3);
    assertThat(tokens("output")).isEqualTo(4);
    assertThat(tokens("cache_read")).isEqualTo(5);
    assertThat(tokens("cache_write")).isEqualTo(6);
  }

  @Test
  void theResultIsPassedOn() {
    // Given
    CompletableFuture<ModelResult> result = client.call(CALL);
    Failed failed = Failed.of(CallFailure.TIMEOUT, "too slow");

    // When
    later.answer(failed);
    client.close();

    // Then
    assertThat(result).isCompletedWithValue(failed);
    assertThat(later.closed).isTrue();
  }

  private double calls(String outcome) {
    return meters
        .get("streambed.model.call")
        .tags("lane", "m@us-east-1", "outcome", outcome)
        .timer()
        .totalTime(TimeUnit.MILLISECONDS);
  }

  private double tokens(String kind) {
    return meters
        .get("streambed.model.tokens")
        .tags("lane", "m@us-east-1", "kind", kind)
        .counter()
        .count();
  }

  private static final class Later implements ModelClient {

    private final Queue<CompletableFuture<ModelResult>> open = new ArrayDeque<>();
    private boolean closed;

    @Override
    public CompletableFuture<ModelResult> call(ModelCall call) {
      CompletableFuture<ModelResult> result = new CompletableFuture<>();
      open.add(result);
      return result;
    }

    void answer(ModelResult result) {
      open.remove().complete(result);
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
