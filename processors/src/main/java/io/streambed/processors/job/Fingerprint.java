/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.job;

import java.util.Arrays;
import java.util.HexFormat;

/** SHA-256 of everything that decides an answer. Immutable; equal when its bytes are. */
public final class Fingerprint {

  /** Bytes of a fingerprint. */
  public static final int LENGTH = 32;

  private final byte[] bytes;

  private Fingerprint(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Takes the bytes over: they must not be changed afterwards.
   *
   * @throws IllegalArgumentException if there are not 32
   */
  public static Fingerprint of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a fingerprint has 32 bytes, not " + bytes.length);
    }
    return new Fingerprint(bytes);
  }

  /** The bytes themselves, not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fingerprint that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** In hexadecimal, as results show it. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
