/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a look at the streams has shown. Pure.
 *
 * @param streams those that are to be read and are there
 * @param lineage their shards
 */
record Listing(Set<StreamName> streams, Lineage lineage) {

  Listing {
    streams = Set.copyOf(streams);
  }

  static Listing of(Map<StreamName, List<ShardInfo>> shards) {
    Collection<ShardInfo> all = new ArrayList<>();
    shards.values().forEach(all::addAll);
    return new Listing(shards.keySet(), new Lineage(all));
  }

  Set<ShardId> ids() {
    return lineage.shards().stream().map(ShardInfo::id).collect(Collectors.toSet());
  }

  /** Shards that were not in an earlier listing. */
  List<ShardInfo> newSince(Listing earlier) {
    Set<ShardId> known = earlier.ids();
    return lineage.shards().stream().filter(shard -> !known.contains(shard.id())).toList();
  }

  /** Whether an earlier listing has a stream that is gone. */
  boolean misses(Listing earlier) {
    return !streams.containsAll(earlier.streams());
  }

  /**
   * Whether the shards should be shared out anew: there is a new one that may be read at once. One
   * that waits for its parents is no reason: to share out stops all tasks, and what stops them
   * before the parents have drained would have to come again.
   *
   * @param positions of the shards and their parents
   */
  boolean asksForSharing(Listing earlier, Map<ShardId, Position> positions) {
    List<ShardInfo> readable = lineage.readable(positions);
    return misses(earlier) || newSince(earlier).stream().anyMatch(readable::contains);
  }

  /** The shards and their parents: those whose offsets decide. */
  Set<ShardId> decisive() {
    Set<ShardId> all = new TreeSet<>(ids());
    lineage.shards().forEach(shard -> all.addAll(shard.parents()));
    return all;
  }
}
