/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.source;

import io.streambed.connectors.source.KinesisSourceConfig.Start;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where each shard of a task is begun. Pure.
 *
 * <p>A shard that has an offset goes on from it. A shard whose parent has one came into being while
 * its stream was being read, so it is read whole. Any other begins where the settings say; if that
 * is a time, it is written down as an offset before anything is read: otherwise a task that starts
 * again would take a later time, or take a child for one that came later.
 *
 * @param positions where to begin, of each shard
 * @param toWriteDown those of them that are to be written down first
 */
record StartingPoints(Map<ShardId, Position> positions, List<ShardId> toWriteDown) {

  StartingPoints {
    positions = Map.copyOf(positions);
    toWriteDown = List.copyOf(toWriteDown);
  }

  /**
   * @param stored offsets of the shards and of their parents
   * @param time of {@code start.timestamp}
   */
  static StartingPoints of(
      Collection<ShardInfo> shards,
      Map<ShardId, Position> stored,
      Start start,
      Optional<Instant> time,
      Instant now) {
    Map<ShardId, Position> positions = new HashMap<>();
    List<ShardId> toWriteDown = new ArrayList<>();
    for (ShardInfo shard : shards) {
      Position known = stored.get(shard.id());
      if (known != null) {
        positions.put(shard.id(), known);
      } else if (start == Start.TRIM_HORIZON
          || shard.parents().stream().anyMatch(stored::containsKey)) {
        positions.put(shard.id(), new Position.Beginning());
      } else {
        positions.put(
            shard.id(), new Position.From(start == Start.LATEST ? now : time.orElse(now)));
        toWriteDown.add(shard.id());
      }
    }
    return new StartingPoints(positions, toWriteDown);
  }
}
