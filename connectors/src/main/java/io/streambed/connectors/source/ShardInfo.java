/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.source;

import io.streambed.connectors.kpl.HashKeys;
import java.math.BigInteger;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awssdk.services.kinesis.model.HashKeyRange;
import software.amazon.awssdk.services.kinesis.model.Shard;

/**
 * A shard as Kinesis lists it.
 *
 * @param parents the shards it came from: one after a split, two after a merge; they may have
 *     expired
 * @param keys the hash keys whose records it takes
 */
record ShardInfo(ShardId id, Set<ShardId> parents, HashKeys keys) {

  ShardInfo {
    parents = Set.copyOf(parents);
  }

  static ShardInfo of(StreamName stream, Shard shard) {
    Set<ShardId> parents = new TreeSet<>();
    Stream.of(shard.parentShardId(), shard.adjacentParentShardId())
        .filter(id -> id != null && !id.isEmpty())
        .forEach(id -> parents.add(new ShardId(stream, id)));
    return new ShardInfo(new ShardId(stream, shard.shardId()), parents, keys(shard.hashKeyRange()));
  }

  static HashKeys keys(HashKeyRange range) {
    return new HashKeys(
        new BigInteger(range.startingHashKey()), new BigInteger(range.endingHashKey()));
  }
}
