/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streambed.schemas.state.Job;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Name of a flight in the stores: the first 16 bytes of SHA-256 over the place of the request that
 * it began with, so that it needs no randomness and is never given twice.
 */
record FlightId(long high, long low) implements Comparable<FlightId> {

  static final int LENGTH = 2 * Long.BYTES;

  static FlightId of(Job founder) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(founder.getSourceTopic().getBytes(UTF_8));
      digest.update(
          ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
              .putInt(founder.getSourcePartition())
              .putLong(founder.getSourceOffset())
              .array());
      return read(ByteBuffer.wrap(digest.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  static FlightId read(ByteBuffer key) {
    return new FlightId(key.getLong(), key.getLong());
  }

  @Override
  public int compareTo(FlightId other) {
    int byHigh = Long.compare(high, other.high);
    return byHigh != 0 ? byHigh : Long.compare(low, other.low);
  }

  ByteBuffer write(ByteBuffer key) {
    return key.putLong(high).putLong(low);
  }
}
