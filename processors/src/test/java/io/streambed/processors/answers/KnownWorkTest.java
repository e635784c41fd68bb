/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.answers;

import static org.assertj.core.api.Assertions.assertThat;

import io.streambed.processors.job.Fingerprint;
import io.streambed.processors.job.StateCodec;
import io.streambed.schemas.CachePolicy;
import io.streambed.schemas.Operation;
import io.streambed.schemas.Priority;
import io.streambed.schemas.ResultSource;
import io.streambed.schemas.TokenUsage;
import io.streambed.schemas.VectorEncoding;
import io.streambed.schemas.state.Answer;
import io.streambed.schemas.state.Job;
import io.streambed.schemas.state.Settled;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KnownWorkTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration TTL = Duration.ofHours(24);
  private static final Fingerprint WORK = Fingerprint.of(new byte[32]);

  private final KeyValueStore<Bytes, byte[]> store =
      Stores.inMemoryKeyValueStore(KnownWork.STORE).get();
  private KnownWork known = open(1L << 30);

  @Test
  void anAnswerServesUntilItsTimeAndIsKeptOneWindowLonger() {
    // Given
    put(answer("a", NOW, NOW.plus(TTL)));

    // Then
    assertThat(known.answers().reusable(WORK, NOW.plus(TTL).minusMillis(1))).isPresent();
    assertThat(known.answers().reusable(WORK, NOW.plus(TTL))).isEmpty();
    known.sweep(NOW.plus(TTL).plus(TTL).minusMillis(1));
    assertThat(known.answers().of(WORK, "a")).isPresent();
    known.sweep(NOW.plus(TTL).plus(TTL));
    assertThat(known.answers().of(WORK, "a")).isEmpty();
  }

  @Test
  void aNewerAnswerReplacesAnOlderOneWhichARepeatedRequestStillFinds() {
    // When
    put(answer("old", NOW, NOW.plus(TTL)));
    put(answer("new", NOW, NOW.plus(TTL).plusSeconds(1)));
    put(answer("bypass", NOW, null));

    // Then
    assertThat(known.answers().reusable(WORK, NOW).orElseThrow().getAttemptId()).isEqualTo("new");
    assertThat(known.answers().of(WORK, "old")).isPresent();
    assertThat(known.answers().of(WORK, "bypass")).isPresent();
    known.sweep(NOW.plus(TTL).plus(TTL));
    assertThat(known.answers().reusable(WORK, NOW)).isPresent();
  }

  @Test
  void theOldestGoWhenTheBytesAreUsedUpAndAreCounted() {
    // Given
    int size = AnswerStore.encode(answer("a000", NOW, NOW.plus(TTL))).length;
    known = open(10L * size);

    // When
    int evicted = 0;
    for (int i = 0; i < 100; i++) {
      evicted +=
          put(answer("a%03d".formatted(i), NOW.plusSeconds(i), NOW.plus(TTL).plusSeconds(i)));
    }

    // Then
    assertThat(evicted).isEqualTo(90);
    assertThat(known.answers().of(WORK, "a089")).isEmpty();
    assertThat(known.answers().of(WORK, "a090")).isPresent();
    assertThat(known.answers().reusable(WORK, NOW).orElseThrow().getAttemptId()).isEqualTo("a099");
  }

  @Test
  void anAnswerThatExpiresBeforeThoseLookedAtIsFoundToo() {
    // Given
    put(answer("late", NOW, NOW.plus(TTL)));
    known.sweep(NOW.plus(TTL).plus(TTL));

    // When
    put(answer("early", NOW, null));
    known.sweep(NOW.plus(TTL));

    // Then
    assertThat(known.answers().of(WORK, "early")).isEmpty();
  }

  @Test
  void expiryIsSweptInSlices() {
    // Given
    for (int i = 0; i < 450; i++) {
      put(answer("a" + i, NOW, null));
    }

    // Then
    assertThat(known.sweep(NOW.plus(TTL))).isEqualTo(200);
    assertThat(known.sweep(NOW.plus(TTL))).isEqualTo(200);
    assertThat(known.sweep(NOW.plus(TTL))).isEqualTo(50);
    assertThat(known.sweep(NOW.plus(TTL))).isZero();
  }

  @Test
  void whenEntriesExpireIsWrittenTogetherAndKnownToALaterStart() {
    // Given
    for (int i = 0; i < 250; i++) {
      known.settled().put(job("r" + i), settled(NOW.plusSeconds(10).minusMillis(i)));
    }
    assertThat(entries()).isEqualTo(250 + 2);

    // When
    known.writeExpiry();
    known = open(1L << 30);
    known.settled().put(job("later"), settled(NOW.plusSeconds(10)));
    known.writeExpiry();

    // Then
    assertThat(entries()).isEqualTo(251 + 4);
    assertThat(known.sweep(NOW.plusSeconds(10).minusMillis(1))).isZero();
    assertThat(known.sweep(NOW.plusSeconds(10))).isEqualTo(200);
    assertThat(known.sweep(NOW.plusSeconds(10))).isEqualTo(51);
    assertThat(entries()).isZero();
  }

  @Test
  void aPageWhoseFirstEntryIsThatOfAnotherHoldsTheEntriesOfBoth() {
    // Given
    known.settled().put(job("same"), settled(NOW.plusSeconds(10)));
    known.settled().put(job("one"), settled(NOW.plusSeconds(10)));
    known.writeExpiry();

    // When
    known.settled().put(job("same"), settled(NOW.plusSeconds(10)));
    known.settled().put(job("two"), settled(NOW.plusSeconds(10)));
    known.writeExpiry();
    known.sweep(NOW.plusSeconds(10));

    // Then
    assertThat(entries()).isZero();
  }

  @Test
  void whatAnEarlierStartHasKeptCountsForTheBound() {
    // Given
    int size = AnswerStore.encode(answer("a0", NOW, NOW.plus(TTL))).length;
    put(answer("a0", NOW, NOW.plus(TTL)));
    put(answer("a1", NOW.plusSeconds(1), NOW.plus(TTL).plusSeconds(1)));
    known.writeExpiry();

    // When
    known = open(2L * size);
    int evicted = put(answer("a2", NOW.plusSeconds(2), NOW.plus(TTL).plusSeconds(2)));

    // Then
    assertThat(evicted).isEqualTo(1);
    assertThat(known.answers().of(WORK, "a0")).isEmpty();
    assertThat(known.answers().of(WORK, "a1")).isPresent();
  }

  @Test
  void aSettlementCountsUntilItExpiresAndALaterOneOfTheSameRequestOutlivesTheEarlier() {
    // Given
    known.settled().put(job("id"), settled(NOW.plusSeconds(10)));
    known.settled().put(job("id"), settled(NOW.plusSeconds(20)));

    // When
    known.sweep(NOW.plusSeconds(10));

    // Then
    assertThat(known.settled().find(job("id"), NOW.plusSeconds(19))).isPresent();
    assertThat(known.settled().find(job("id"), NOW.plusSeconds(20))).isEmpty();
    assertThat(known.settled().find(job("other"), NOW)).isEmpty();
    known.sweep(NOW.plusSeconds(20));
    assertThat(store.all().hasNext()).isFalse();
  }

  @Test
  void aSettlementTakesAtMost150Bytes() {
    Settled worst =
        new Settled(
            "123e4567-e89b-12d3-a456-426614174000",
            ResultSource.COALESCED,
            Instant.parse("2999-01-01T00:00:00Z"),
            Instant.parse("2999-01-01T00:00:00Z"),
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            Integer.MAX_VALUE);
    int bytes = new StateCodec<>(Settled.class, List.of()).encode(worst).length;
    assertThat(bytes + 16).isLessThanOrEqualTo(SettledStore.MAX_ENTRY_BYTES);
  }

  private int entries() {
    int entries = 0;
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      for (; all.hasNext(); all.next()) {
        entries++;
      }
    }
    return entries;
  }

  private int put(Answer answer) {
    return known.answers().put(WORK, answer, AnswerStore.encode(answer));
  }

  private KnownWork open(long maxBytes) {
    return KnownWork.open(store, new AnswersConfig(TTL, maxBytes, TTL, 200));
  }

  private static Settled settled(Instant expires) {
    return new Settled("a", ResultSource.MODEL, NOW, expires, 1, 0, 0L, 0L, 0);
  }

  private static Answer answer(String attempt, Instant at, @Nullable Instant reusableUntil) {
    return new Answer(
        attempt,
        at,
        reusableUntil,
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

  private static Job job(String id) {
    return new Job(
        id,
        "acme",
        Operation.PROMPT,
        "m",
        ByteBuffer.wrap(new byte[32]),
        null,
        Priority.STANDARD,
        CachePolicy.USE,
        null,
        "t",
        0,
        0L,
        NOW,
        NOW,
        null,
        List.of(),
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
