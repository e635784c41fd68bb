/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A SHA-256 into which values go with their type and length, so that no two inputs run together.
 */
final class CanonicalDigest {

  private final MessageDigest sha256 = sha256();
  private final ByteBuffer number = ByteBuffer.allocate(1 + Long.BYTES);

  CanonicalDigest tag(char tag) {
    sha256.update((byte) tag);
    return this;
  }

  /** The tag, the length of the UTF-8 form in 4 bytes, the UTF-8 form. */
  CanonicalDigest text(char tag, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    sha256.update(number.clear().put((byte) tag).putInt(bytes.length).flip());
    sha256.update(bytes);
    return this;
  }

  /** The tag and 8 bytes, the highest first. */
  CanonicalDigest number(char tag, long value) {
    sha256.update(number.clear().put((byte) tag).putLong(value).flip());
    return this;
  }

  /** The tag and the SHA-256 of the bytes. */
  CanonicalDigest bytes(char tag, ByteBuffer bytes) {
    MessageDigest inner = sha256();
    inner.update(bytes.duplicate());
    sha256.update((byte) tag);
    sha256.update(inner.digest());
    return this;
  }

  byte[] finish() {
    return sha256.digest();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
