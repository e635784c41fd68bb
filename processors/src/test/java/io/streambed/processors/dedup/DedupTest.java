/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.schemas.CachePolicy;
import io.streambed.schemas.Operation;
import io.streambed.schemas.Priority;
import io.streambed.schemas.RecordHeader;
import io.streambed.schemas.ResultSource;
import io.streambed.schemas.TokenUsage;
import io.streambed.schemas.VectorEncoding;
import io.streambed.schemas.redrive.RedriveMark;
import io.streambed.schemas.state.Answer;
import io.streambed.schemas.state.Job;
import io.streambed.schemas.state.Settled;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DedupTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @ParameterizedTest(name = "{0}, settled {1}, its answer kept {2}, expired {3}, reusable {4}: {5}")
  @CsvSource({
    "USE,     true,  true,  false, true,  Repeat",
    "BYPASS,  true,  true,  false, true,  Repeat",
    "REFRESH, true,  true,  true,  false, Repeat",
    "USE,     true,  false, false, true,  Answered",
    "USE,     true,  false, true,  true,  Expired",
    "USE,     false, false, true,  true,  Expired",
    "USE,     false, false, false, true,  Answered",
    "USE,     false, false, false, false, Fresh",
    "REFRESH, false, false, false, true,  Fresh",
    "BYPASS,  false, false, false, true,  Fresh",
    "UNKNOWN, false, false, false, true,  Fresh",
  })
  void eachJobIsKnownOrFresh(
      CachePolicy policy,
      boolean settled,
      boolean kept,
      boolean expired,
      boolean reusable,
      String verdict) {
    // Given
    Dedup.Known known =
        new Dedup.Known() {
          @Override
          public Optional<Settled> settled() {
            return settled ? Optional.of(settledAfter(0)) : Optional.empty();
          }

          @Override
          public Optional<Answer> answer(String attemptId) {
            return kept ? Optional.of(said(attemptId)) : Optional.empty();
          }

          @Override
          public Optional<Answer> reusable() {
            return reusable ? Optional.of(said("y")) : Optional.empty();
          }
        };

    // Then
    assertThat(
            Dedup.decide(job(policy, expired ? NOW : NOW.plusMillis(1)), known, NOW)
                .getClass()
                .getSimpleName())
        .isEqualTo(verdict);
  }

  @ParameterizedTest(name = "settled after {0} redrives, comes after {1}: {2}")
  @CsvSource({
    "0, 0, Repeat",
    "0, 1, Fresh",
    "1, 1, Repeat",
    "1, 0, Repeat",
    "1, 2, Fresh",
  })
  void aRequestThatWasRedrivenSinceStartsAfreshAndItsRepeatDoesNot(
      int before, int now, String verdict) {
    // Given: what was settled before is still there, as the caller's own error would be
    Dedup.Known known =
        new Dedup.Known() {
          @Override
          public Optional<Settled> settled() {
            return Optional.of(settledAfter(before));
          }

          @Override
          public Optional<Answer> answer(String attemptId) {
            return Optional.of(said(attemptId));
          }

          @Override
          public Optional<Answer> reusable() {
            return Optional.empty();
          }
        };
    List<RecordHeader> headers =
        now == 0 ? List.of() : new RedriveMark(now, "id", "run", "t-0-0").headers();

    // When
    Dedup.Verdict decided =
        Dedup.decide(job(CachePolicy.USE, NOW.plusMillis(1), headers), known, NOW);

    // Then
    assertThat(decided.getClass().getSimpleName()).isEqualTo(verdict);
  }

  private static Settled settledAfter(int redrives) {
    return new Settled("x", ResultSource.MODEL, NOW, NOW, 1, 0, 0L, 0L, redrives);
  }

  private static Answer said(String attempt) {
    return new Answer(
        attempt,
        NOW,
        null,
        "m@r",
        "m",
        "r",
        new TokenUsage(1L, 1L, 0L, 0L, 0L),
        1L,
        1L,
        1,
        List.of(),
        "end_turn",
        null,
        null,
        null,
        VectorEncoding.FLOAT,
        0,
        null,
        List.of(),
        0L);
  }

  private static Job job(CachePolicy policy, Instant deadline) {
    return job(policy, deadline, List.of());
  }

  private static Job job(CachePolicy policy, Instant deadline, List<RecordHeader> headers) {
    return new Job(
        "id",
        "acme",
        Operation.PROMPT,
        "m",
        ByteBuffer.wrap(new byte[32]),
        null,
        Priority.STANDARD,
        policy,
        deadline,
        "t",
        0,
        0L,
        NOW,
        NOW,
        null,
        headers,
        Map.of(),
        1L,
        ByteBuffer.allocate(0),
        ByteBuffer.allocate(0),
        1,
        null,
        List.of(),
        0,
        0L,
        null);
  }
}
