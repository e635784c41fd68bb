/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.redrive;

import io.streambed.schemas.DeadLetter;
import io.streambed.schemas.RecordHeader;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the request of a dead letter can be had. Pure. */
public sealed interface Whereabouts {

  /** In the dead letter itself. */
  record Here(Original original) implements Whereabouts {}

  /** Only at its place in its topic, because it was too large for the topic of dead letters. */
  record AtItsPlace(RequestPlace place, long length, String sha256) implements Whereabouts {

    /** Whether a record that stands there now is the request. */
    public boolean holds(byte @Nullable [] value) {
      return value != null && value.length == length && hash(value).equals(sha256);
    }
  }

  /** Nowhere: its record had no value. */
  record Nowhere() implements Whereabouts {}

  /** Where the request of a dead letter is. */
  static Whereabouts of(DeadLetter letter) {
    Optional<byte[]> value = letter.getOriginalValue().map(Whereabouts::bytes);
    if (value.isPresent()) {
      byte[] key = letter.getOriginalKey().map(Whereabouts::bytes).orElse(null);
      List<RecordHeader> headers = letter.getOriginalHeaders();
      return new Here(new Original(key, value.get(), headers));
    }
    return letter
        .getOriginalValueSha256()
        .<Whereabouts>map(
            hash -> new AtItsPlace(RequestPlace.of(letter), letter.getOriginalValueLength(), hash))
        .orElseGet(Nowhere::new);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static String hash(byte[] value) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
