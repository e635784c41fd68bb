/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.kpl;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Where in the space of hash keys a record lies.
 *
 * @param from first key of a shard
 * @param to last key of it
 */
public record HashKeys(BigInteger from, BigInteger to) {

  /** Whether a record belongs into this range. */
  public boolean hold(UserRecord record) {
    BigInteger key = record.explicitHashKey().orElseGet(() -> of(record.partitionKey()));
    return key.compareTo(from) >= 0 && key.compareTo(to) <= 0;
  }

  /** A partition key's MD5, as an unsigned number: "PutRecord" in the Kinesis API reference. */
  public static BigInteger of(String partitionKey) {
    return new BigInteger(1, md5(partitionKey.getBytes(StandardCharsets.UTF_8)));
  }

  static byte[] md5(byte[] bytes) {
    return digest().digest(bytes);
  }

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
