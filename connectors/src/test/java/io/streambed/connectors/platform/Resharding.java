/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.platform;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.services.kinesis.model.HashKeyRange;
import software.amazon.awssdk.services.kinesis.model.Shard;

/** Splits and merges the shards of a stream, and waits until that is done. */
public record Resharding(KinesisEmulator kinesis, String stream) {

  /** Halves the open shard that comes first in the order of their hash keys. */
  public void split() {
    Shard first = open().getFirst();
    HashKeyRange keys = first.hashKeyRange();
    String middle =
        new BigInteger(keys.startingHashKey())
            .add(new BigInteger(keys.endingHashKey()))
            .shiftRight(1)
            .toString();
    kinesis
        .client()
        .splitShard(request ->
            request.streamName(stream).shardToSplit(first.shardId()).newStartingHashKey(middle));
    kinesis.awaitActive(stream);
  }

  /** Joins the second and the third in the same order: after a split, of two parents. */
  public void merge() {
    List<Shard> open = open();
    kinesis
        .client()
        .mergeShards(request ->
            request
                .streamName(stream)
                .shardToMerge(open.get(1).shardId())
                .adjacentShardToMerge(open.get(2).shardId()));
    kinesis.awaitActive(stream);
  }

  private List<Shard> open() {
    return kinesis.client().listShards(request -> request.streamName(stream)).shards().stream()
        .filter(shard -> shard.sequenceNumberRange().endingSequenceNumber() == null)
        .sorted(
            Comparator.comparing(shard -> new BigInteger(shard.hashKeyRange().startingHashKey())))
        .toList();
  }
}
