/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.source;

import io.streambed.connectors.kpl.HashKeys;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Shards for tests. */
final class Shards {

  static final StreamName STREAM = new StreamName("orders");
  static final HashKeys ALL =
      new HashKeys(BigInteger.ZERO, BigInteger.TWO.pow(128).subtract(BigInteger.ONE));

  private Shards() {}

  static ShardId id(String shard) {
    return new ShardId(STREAM, shard);
  }

  static ShardInfo shard(String shard, String... parents) {
    return new ShardInfo(
        id(shard), Arrays.stream(parents).map(Shards::id).collect(Collectors.toSet()), ALL);
  }

  static Map<ShardId, Position> ended(String... shards) {
    Map<ShardId, Position> positions = new HashMap<>();
    for (String shard : shards) {
      positions.put(id(shard), new Position.Ended());
    }
    return positions;
  }
}
