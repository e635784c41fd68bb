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
import io.streambed.processors.job.StateCodec;
import io.streambed.schemas.released.ReleasedSchemas;
import io.streambed.schemas.state.Job;
import io.streambed.schemas.state.Settled;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * How each request was settled, for as long as a repeated request is given the same. Keys are the
 * first 16 bytes of SHA-256 over tenant, id and fingerprint, and the run that replays it if one
 * does. Owned by a stream thread.
 */
public final class SettledStore {

  /** Most bytes that an entry may take. */
  public static final int MAX_ENTRY_BYTES = 150;

  /** What the keys of settlements begin with. */
  private static final byte MARK = 's';

  private static final int KEY_BYTES = 1 + 16;
  private static final StateCodec<Settled> CODEC =
      new StateCodec<>(Settled.class, ReleasedSchemas.of(Settled.class));

  private final KeyValueStore<Bytes, byte[]> store;
  private final ExpiryIndex expiry;

  SettledStore(KeyValueStore<Bytes, byte[]> store, ExpiryIndex expiry) {
    this.store = store;
    this.expiry = expiry;
  }

  /** How the same request was settled before, if that still counts at {@code now}. */
  public Optional<Settled> find(Job job, Instant now) {
    return Optional.ofNullable(store.get(Bytes.wrap(identity(job))))
        .map(CODEC::decode)
        .filter(settled -> now.isBefore(settled.getExpiresAt()));
  }

  public void put(Job job, Settled settled) {
    byte[] key = identity(job);
    byte[] value = CODEC.encode(settled);
    store.put(Bytes.wrap(key), value);
    long expiresAt = settled.getExpiresAt().toEpochMilli();
    expiry.add(Kind.SETTLED, expiresAt, new Entry(key, value.length));
  }

  /** Forgets what is past its time, one slice; returns how many entries were looked at. */
  int sweep(Instant now, int slice) {
    return expiry.forget(
        Kind.SETTLED, now.toEpochMilli(), done -> done < slice, entry -> forget(entry, now));
  }

  private void forget(Entry entry, Instant now) {
    Bytes key = Bytes.wrap(entry.key());
    byte[] value = store.get(key);
    // The same request may have been settled once more since: then this entry is a later one's.
    if (value != null && !CODEC.decode(value).getExpiresAt().isAfter(now)) {
      store.delete(key);
    }
  }

  private static byte[] identity(Job job) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(job.getTenant().getBytes(UTF_8));
      digest.update((byte) 0);
      digest.update(job.getId().getBytes(UTF_8));
      digest.update((byte) 0);
      digest.update(job.getFingerprint().duplicate());
      // A run's settlements are its own: what it asks again under the old id is no repeat.
      job.getDestination().ifPresent(its -> digest.update(its.getRun().getBytes(UTF_8)));
      return ByteBuffer.allocate(KEY_BYTES)
          .put(MARK)
          .put(digest.digest(), 0, KEY_BYTES - 1)
          .array();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
