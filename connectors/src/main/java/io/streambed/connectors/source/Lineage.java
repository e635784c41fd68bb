/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.source;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who descends from whom among the shards that are listed. A record's successor of the same
 * partition key is in the same shard or in a descendant, so a child is read when its parents have
 * ended, and not before. Immutable.
 */
final class Lineage {

  private final SortedMap<ShardId, ShardInfo> shards;

  Lineage(Collection<ShardInfo> listed) {
    SortedMap<ShardId, ShardInfo> byId = new TreeMap<>();
    listed.forEach(shard -> byId.put(shard.id(), shard));
    this.shards = Collections.unmodifiableSortedMap(byId);
  }

  Collection<ShardInfo> shards() {
    return shards.values();
  }

  Optional<ShardInfo> shard(ShardId id) {
    return Optional.ofNullable(shards.get(id));
  }

  /** Those to read now: they have not ended, and no parent of theirs is left to be read. */
  List<ShardInfo> readable(Map<ShardId, Position> positions) {
    return shards.values().stream()
        .filter(shard -> !hasEnded(shard.id(), positions))
        .filter(shard -> waitsFor(shard, positions).isEmpty())
        .toList();
  }

  /** Parents that are still to be read. One that is listed no more has no records left. */
  Set<ShardId> waitsFor(ShardInfo shard, Map<ShardId, Position> positions) {
    SortedSet<ShardId> open = new TreeSet<>();
    for (ShardId parent : shard.parents()) {
      if (shards.containsKey(parent) && !hasEnded(parent, positions)) {
        open.add(parent);
      }
    }
    return open;
  }

  /**
   * Those that have not ended, in groups that are connected from parent to child. A group belongs
   * to one reader: it alone sees a parent's end in time. Ordered, by their first shards.
   */
  List<List<ShardInfo>> groups(Map<ShardId, Position> positions) {
    Map<ShardId, Set<ShardId>> neighbours = new TreeMap<>();
    for (ShardInfo shard : shards.values()) {
      if (hasEnded(shard.id(), positions)) {
        continue;
      }
      neighbours.computeIfAbsent(shard.id(), id -> new TreeSet<>());
      for (ShardId parent : waitsFor(shard, positions)) {
        neighbours.computeIfAbsent(shard.id(), id -> new TreeSet<>()).add(parent);
        neighbours.computeIfAbsent(parent, id -> new TreeSet<>()).add(shard.id());
      }
    }
    List<List<ShardInfo>> groups = new ArrayList<>();
    Set<ShardId> seen = new TreeSet<>();
    for (ShardId first : neighbours.keySet()) {
      if (!seen.contains(first)) {
        groups.add(group(first, neighbours, seen));
      }
    }
    return groups;
  }

  private List<ShardInfo> group(
      ShardId first, Map<ShardId, Set<ShardId>> neighbours, Set<ShardId> seen) {
    SortedSet<ShardId> members = new TreeSet<>();
    Deque<ShardId> next = new ArrayDeque<>(Set.of(first));
    while (!next.isEmpty()) {
      ShardId id = next.remove();
      if (seen.add(id)) {
        members.add(id);
        next.addAll(neighbours.getOrDefault(id, Set.of()));
      }
    }
    return members.stream().flatMap(id -> shard(id).stream()).toList();
  }

  private static boolean hasEnded(ShardId shard, Map<ShardId, Position> positions) {
    return positions.get(shard) instanceof Position.Ended;
  }
}
