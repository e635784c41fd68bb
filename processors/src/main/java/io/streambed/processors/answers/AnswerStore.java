/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.answers;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streambed.processors.answers.ExpiryIndex.Entry;
import io.streambed.processors.answers.ExpiryIndex.Kind;
import io.streambed.processors.job.Fingerprint;
import io.streambed.processors.job.StateCodec;
import io.streambed.schemas.released.ReleasedSchemas;
import io.streambed.schemas.state.Answer;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What models said, by fingerprint and attempt, and which of a fingerprint's answers may serve new
 * requests.
 *
 * <p>An answer may be reused until its own time; it is kept for one settled window longer, so that
 * every settlement that points to it can be given again. Fingerprints hold the tenant, so no answer
 * crosses tenants. Owned by a stream thread.
 */
public final class AnswerStore {

  private static final int EVICTION_SLICE = 16;

  private static final StateCodec<Answer> CODEC =
      new StateCodec<>(Answer.class, ReleasedSchemas.of(Answer.class));

  private final KeyValueStore<Bytes, byte[]> store;
  private final ExpiryIndex expiry;
  private final AnswersConfig config;

  /** Sum of all sizes; read from the index when it is first needed. */
  private OptionalLong bytes = OptionalLong.empty();

  AnswerStore(KeyValueStore<Bytes, byte[]> store, ExpiryIndex expiry, AnswersConfig config) {
    this.store = store;
    this.expiry = expiry;
    this.config = config;
  }

  /** Bytes that an answer takes when it is kept. */
  public static int sizeOf(Answer answer) {
    return CODEC.encode(answer).length;
  }

  /** The newest answer that may serve a new request at {@code now}. */
  public Optional<Answer> reusable(Fingerprint fingerprint, Instant now) {
    byte[] attemptId = store.get(Bytes.wrap(fingerprint.bytes()));
    return attemptId == null
        ? Optional.empty()
        : read(answerKey(fingerprint, attemptId))
            .filter(a -> a.getReusableUntil().map(now::isBefore).orElse(false));
  }

  /** The answer that one attempt brought, whether or not it may be reused. */
  public Optional<Answer> of(Fingerprint fingerprint, String attemptId) {
    return read(answerKey(fingerprint, attemptId.getBytes(UTF_8)));
  }

  /**
   * Keeps an answer; a reusable one serves from now on in place of an older one.
   *
   * @return how many older answers had to go before their time to keep the bound
   */
  public int put(Fingerprint fingerprint, Answer answer) {
    byte[] attemptId = answer.getAttemptId().getBytes(UTF_8);
    byte[] key = answerKey(fingerprint, attemptId);
    byte[] value = CODEC.encode(answer);
    store.put(Bytes.wrap(key), value);
    answer
        .getReusableUntil()
        .ifPresent(until -> store.put(Bytes.wrap(fingerprint.bytes()), attemptId));
    Instant forgottenAt =
        answer.getReusableUntil().orElse(answer.getAnsweredAt()).plus(config.settledWindow());
    expiry.add(Kind.ANSWER, forgottenAt.toEpochMilli(), key, value.length);
    long total = bytes.orElseGet(() -> expiry.totalSize(Kind.ANSWER) - value.length) + value.length;
    bytes = OptionalLong.of(total);
    return total > config.maxBytes() ? evict() : 0;
  }

  /** Forgets what is past its time, one slice at most; returns how many answers went. */
  int sweep(Instant now, int limit) {
    List<Entry> due = expiry.due(Kind.ANSWER, now.toEpochMilli(), limit);
    due.forEach(this::forget);
    return due.size();
  }

  private int evict() {
    int evicted = 0;
    List<Entry> oldest = expiry.oldest(Kind.ANSWER, EVICTION_SLICE);
    while (!oldest.isEmpty()) {
      for (Entry entry : oldest) {
        if (bytes.orElse(0) <= config.maxBytes()) {
          return evicted;
        }
        forget(entry);
        evicted++;
      }
      oldest = expiry.oldest(Kind.ANSWER, EVICTION_SLICE);
    }
    return evicted;
  }

  private void forget(Entry entry) {
    byte[] key = entry.key();
    Bytes fingerprint = Bytes.wrap(Arrays.copyOf(key, Fingerprint.LENGTH));
    byte[] attemptId = Arrays.copyOfRange(key, Fingerprint.LENGTH, key.length);
    if (Arrays.equals(store.get(fingerprint), attemptId)) {
      store.delete(fingerprint);
    }
    store.delete(Bytes.wrap(key));
    expiry.removeOldest(Kind.ANSWER, entry);
    if (bytes.isPresent()) {
      bytes = OptionalLong.of(bytes.getAsLong() - entry.size());
    }
  }

  private Optional<Answer> read(byte[] key) {
    return Optional.ofNullable(store.get(Bytes.wrap(key))).map(CODEC::decode);
  }

  private static byte[] answerKey(Fingerprint fingerprint, byte[] attemptId) {
    return ByteBuffer.allocate(Fingerprint.LENGTH + attemptId.length)
        .put(fingerprint.bytes())
        .put(attemptId)
        .array();
  }
}
