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
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What models said, by fingerprint and attempt, and which of a fingerprint's answers may serve new
 * requests.
 *
 * <p>The one that may serve is stored under its fingerprint, all others under fingerprint and
 * attempt. An answer may be reused until its own time; it is kept for one settled window longer, so
 * that every settlement that points to it can be given again. Fingerprints hold the tenant, so no
 * answer crosses tenants. Owned by a stream thread.
 */
public final class AnswerStore {

  /** Name of the store that the answers are in. */
  public static final String NAME = KnownWork.STORE;

  /** What the keys of answers begin with. */
  private static final byte MARK = 'a';

  private static final int NEWEST_KEY_BYTES = 1 + Fingerprint.LENGTH;
  private static final long LAST_MOMENT = Long.MAX_VALUE - 1;

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

  /** An answer as it is kept. */
  public static byte[] encode(Answer answer) {
    return CODEC.encode(answer);
  }

  /** An answer as it was kept. */
  public static Answer decode(byte[] value) {
    return CODEC.decode(value);
  }

  /** The fingerprint whose newest answer a key is of; empty where it is of something else. */
  public static Optional<ByteBuffer> servedBy(byte[] key) {
    return key.length == NEWEST_KEY_BYTES && key[0] == MARK
        ? Optional.of(ByteBuffer.wrap(key, 1, Fingerprint.LENGTH).slice())
        : Optional.empty();
  }

  /** The newest answer that may serve a new request at {@code now}. */
  public Optional<Answer> reusable(Fingerprint fingerprint, Instant now) {
    return read(newestKey(fingerprint.bytes()))
        .filter(a -> a.getReusableUntil().map(now::isBefore).orElse(false));
  }

  /** The answer that one attempt brought, whether or not it may be reused. */
  public Optional<Answer> of(Fingerprint fingerprint, String attemptId) {
    return read(newestKey(fingerprint.bytes()))
        .filter(a -> a.getAttemptId().equals(attemptId))
        .or(() -> read(key(fingerprint.bytes(), attemptId.getBytes(UTF_8))));
  }

  /**
   * Keeps an answer; a reusable one serves from now on in place of an older one.
   *
   * @param value the answer as {@link #encode} has it
   * @return how many older answers had to go before their time to keep the bound
   */
  public int put(Fingerprint fingerprint, Answer answer, byte[] value) {
    byte[] key = key(fingerprint.bytes(), answer.getAttemptId().getBytes(UTF_8));
    if (answer.getReusableUntil().isPresent()) {
      byte[] newest = newestKey(fingerprint.bytes());
      read(newest).ifPresent(older -> putOlder(fingerprint, older));
      store.put(Bytes.wrap(newest), value);
    } else {
      store.put(Bytes.wrap(key), value);
    }
    Instant forgottenAt =
        answer.getReusableUntil().orElse(answer.getAnsweredAt()).plus(config.settledWindow());
    long total = bytes.orElseGet(() -> expiry.totalSize(Kind.ANSWER)) + value.length;
    bytes = OptionalLong.of(total);
    expiry.add(Kind.ANSWER, forgottenAt.toEpochMilli(), new Entry(key, value.length));
    return total > config.maxBytes() ? evict() : 0;
  }

  /** Forgets what is past its time, one slice; returns how many answers went. */
  int sweep(Instant now, int slice) {
    return expiry.forget(Kind.ANSWER, now.toEpochMilli(), done -> done < slice, this::forget);
  }

  private int evict() {
    return expiry.forget(
        Kind.ANSWER, LAST_MOMENT, done -> bytes.orElse(0) > config.maxBytes(), this::forget);
  }

  private void putOlder(Fingerprint fingerprint, Answer older) {
    byte[] key = key(fingerprint.bytes(), older.getAttemptId().getBytes(UTF_8));
    store.put(Bytes.wrap(key), CODEC.encode(older));
  }

  private void forget(Entry entry) {
    byte[] key = entry.key();
    byte[] newest = Arrays.copyOf(key, NEWEST_KEY_BYTES);
    byte[] attemptId = Arrays.copyOfRange(key, NEWEST_KEY_BYTES, key.length);
    boolean isNewest =
        read(newest)
            .filter(a -> Arrays.equals(a.getAttemptId().getBytes(UTF_8), attemptId))
            .isPresent();
    store.delete(Bytes.wrap(isNewest ? newest : key));
    if (bytes.isPresent()) {
      bytes = OptionalLong.of(bytes.getAsLong() - entry.size());
    }
  }

  private Optional<Answer> read(byte[] key) {
    return Optional.ofNullable(store.get(Bytes.wrap(key))).map(CODEC::decode);
  }

  private static byte[] newestKey(byte[] fingerprint) {
    return key(fingerprint, new byte[0]);
  }

  private static byte[] key(byte[] fingerprint, byte[] attemptId) {
    return ByteBuffer.allocate(NEWEST_KEY_BYTES + attemptId.length)
        .put(MARK)
        .put(fingerprint)
        .put(attemptId)
        .array();
  }
}
