/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.source;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/** What Connect keeps of shards. */
final class StoredOffsets {

  private StoredOffsets() {}

  /**
   * Positions of those shards that have an offset.
   *
   * @throws ConnectException if an offset is none of this connector's
   */
  static Map<ShardId, Position> read(OffsetStorageReader reader, Collection<ShardId> shards) {
    Map<ShardId, Position> positions = new HashMap<>();
    reader
        .offsets(shards.stream().map(ShardId::partition).toList())
        .forEach((partition, offset) -> {
          if (offset != null) {
            ShardId shard = ShardId.of(partition).orElseThrow();
            positions.put(shard, position(shard, offset));
          }
        });
    return positions;
  }

  private static Position position(ShardId shard, Map<String, ?> offset) {
    return Position.of(offset)
        .orElseThrow(() ->
            new ConnectException(
                "the stored offset of shard "
                    + shard
                    + " is none of this connector's; reset it by DELETE /connectors/NAME/offsets"));
  }
}
