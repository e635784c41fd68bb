/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.processors.job.StateCodec;
import io.streambed.processors.model.CallFailure;
import io.streambed.processors.model.Lane;
import io.streambed.processors.model.ModelCall;
import io.streambed.processors.model.ModelCall.EmbeddingCall;
import io.streambed.processors.model.ModelResult;
import io.streambed.processors.model.ModelResult.Failed;
import io.streambed.processors.model.ModelResult.PromptAnswered;
import io.streambed.processors.model.ModelResult.TextsEmbedded;
import io.streambed.processors.model.Vector;
import io.streambed.schemas.ContentBlock;
import io.streambed.schemas.TokenUsage;
import io.streambed.schemas.VectorEncoding;
import io.streambed.schemas.state.EndedCall;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The end of a call reads in one process as it was told in another. */
class EndedCallsTest {

  private static final ModelCall CALL =
      new EmbeddingCall("attempt", new Lane("m", "us-east-1", 1), "acme", List.of());
  private static final List<FlightId> FLIGHTS = List.of(new FlightId(1, -2), new FlightId(-3, 4));
  private static final TokenUsage USAGE = new TokenUsage(1L, 2L, 3L, 4L, 5L);

  private final StateCodec<EndedCall> codec = new StateCodec<>(EndedCall.class, List.of());

  @Test
  void anAnswer() {
    // Given
    PromptAnswered answered =
        new PromptAnswered(
            List.of(ContentBlock.newBuilder().setText("hi").build()),
            "end_turn",
            Optional.of("{}"),
            USAGE,
            Optional.of("flex"));

    // When, Then
    assertThat(passed(answered)).contains(end(answered));
  }

  @Test
  void vectorsOfEveryEncoding() {
    // Given
    TextsEmbedded embedded =
        new TextsEmbedded(
            List.of(
                new Vector.Floats(List.of(1f, -2f)),
                new Vector.Packed(VectorEncoding.BINARY, new byte[] {3, 4}, 16)),
            USAGE,
            true);

    // When
    Completion passed = passed(embedded).orElseThrow();

    // Then
    assertThat(passed).usingRecursiveComparison().withStrictTypeChecking().isEqualTo(end(embedded));
  }

  @Test
  void everyFailure() {
    for (CallFailure reason : CallFailure.values()) {
      // Given
      Failed failed =
          new Failed(reason, "what to do", Optional.of("messages"), USAGE, Optional.of("default"));

      // When, Then
      assertThat(passed(failed)).contains(end(failed));
    }
  }

  @Test
  void aFailureThatThisVersionDoesNotKnowIsNoEnd() {
    // Given
    EndedCall told = EndedCalls.of(end(Failed.of(CallFailure.INTERNAL, "")));
    told.getFault().orElseThrow().put("reason", "NEW");

    // When, Then
    assertThat(EndedCalls.completion(told, CALL)).isEmpty();
  }

  private Optional<Completion> passed(ModelResult result) {
    return EndedCalls.completion(codec.decode(codec.encode(EndedCalls.of(end(result)))), CALL);
  }

  private static Completion end(ModelResult result) {
    return new Completion(CALL, FLIGHTS, result, Jobs.ADMITTED, Duration.ofMillis(1_234));
  }
}
