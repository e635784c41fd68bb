/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.service;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** Streams by name, each with shards of its own. Safe for use by many threads. */
final class KinesisStreams {
  private static final BigInteger KEYS = BigInteger.ONE.shiftLeft(128);

  private final Map<String, List<KinesisShard>> streams = new ConcurrentHashMap<>();

  void create(String stream, int shards) {
    streams.put(stream, IntStream.range(0, shards).mapToObj(n -> new KinesisShard()).toList());
  }

  /**
   * Its shards.
   *
   * @throws IOException if there is no such stream
   */
  List<KinesisShard> shards(String stream) throws IOException {
    List<KinesisShard> shards = streams.get(stream);
    if (shards == null) {
      throw new IOException("there is no stream " + stream);
    }
    return shards;
  }

  /** Which of so many shards takes a partition key: each has an equal share of the MD5 sums. */
  static int shardOf(String key, int shards) {
    try {
      byte[] sum = MessageDigest.getInstance("MD5").digest(key.getBytes(StandardCharsets.UTF_8));
      return (int) ((Integer.toUnsignedLong(ByteBuffer.wrap(sum).getInt()) * shards) >>> 32);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }

  /** The first sum of a shard, and so the end of the one before it. */
  static BigInteger firstKey(int shard, int shards) {
    return KEYS.multiply(BigInteger.valueOf(shard)).divide(BigInteger.valueOf(shards));
  }

  static String id(int shard) {
    return "shardId-%012d".formatted(shard);
  }

  static int number(String id) {
    return Integer.parseInt(id.substring(id.indexOf('-') + 1));
  }
}
