/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.source;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A shard of a stream. */
record ShardId(StreamName stream, String shard) implements Comparable<ShardId> {

  private static final String STREAM = "stream";
  private static final String SHARD = "shard";
  private static final Comparator<ShardId> ORDER =
      Comparator.comparing(ShardId::stream).thenComparing(ShardId::shard);

  /**
   * What Connect keeps its offset under: a source partition. Always in this order: Connect compares
   * the text that it writes of the map.
   */
  Map<String, String> partition() {
    Map<String, String> partition = new LinkedHashMap<>();
    partition.put(STREAM, stream.given());
    partition.put(SHARD, shard);
    return Collections.unmodifiableMap(partition);
  }

  /** The shard of a source partition, if it is one. */
  static Optional<ShardId> of(Map<String, ?> partition) {
    if (partition.size() == 2
        && partition.get(STREAM) instanceof String stream
        && StreamName.isValid(stream)
        && partition.get(SHARD) instanceof String shard
        && !shard.isBlank()) {
      return Optional.of(new ShardId(new StreamName(stream), shard));
    }
    return Optional.empty();
  }

  @Override
  public int compareTo(ShardId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return stream + "/" + shard;
  }
}
