/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.source;

import io.streambed.connectors.source.ShardFeed.Answer;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.apache.kafka.connect.source.SourceRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.kinesis.model.ChildShard;

/**
 * What a task reads: a feed for each shard that may be read, and the records that have come and
 * wait for the worker. When a shard ends, the children that now may be read are begun. Of the
 * task's thread.
 */
final class ShardReaders implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ShardReaders.class);

  /**
   * What a record costs in memory beside its bytes, roughly: headers, offset and the objects that
   * hold all that. A shard of small records is mostly this.
   */
  private static final long OVERHEAD = 800;

  /** Makes a feed. */
  interface Feeds {
    ShardFeed open(ShardId shard, Position position, long now);
  }

  private record Waiting(SourceRecord record, long bytes) {}

  private final RecordMapping mapping;
  private final Feeds feeds;
  private final SourceMetrics metrics;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final long mostBytes;
  private final Map<ShardId, Position> positions;
  private final Map<ShardId, ShardFeed> open = new TreeMap<>();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private Lineage lineage;
  private long bytes;

  ShardReaders(
      KinesisSourceConfig config,
      Collection<ShardInfo> shards,
      StartingPoints start,
      Feeds feeds,
      SourceMetrics metrics,
      InstantSource clock,
      RandomGenerator random) {
    this.mapping = new RecordMapping(config);
    this.mostBytes = config.bufferBytes();
    this.lineage = new Lineage(shards);
    this.positions = new HashMap<>(start.positions());
    this.feeds = feeds;
    this.metrics = metrics;
    this.clock = clock;
    this.random = random;
    for (ShardId shard : start.toWriteDown()) {
      add(mapping.marker(shard, position(shard), "begun", clock.millis()), 0);
    }
  }

  /** Begins shards that may be read now, and asks for more where it is time. */
  void advance(long now) {
    for (ShardInfo shard : lineage.readable(positions)) {
      open.computeIfAbsent(
          shard.id(),
          id -> {
            metrics.begun(id);
            return feeds.open(id, position(id), now);
          });
    }
    open.values().forEach(feed -> feed.advance(now, bytes < mostBytes));
  }

  /** Time until a feed would ask, in nanoseconds. */
  long dueIn(long now) {
    return open.values().stream().mapToLong(feed -> feed.dueIn(now)).min().orElse(Long.MAX_VALUE);
  }

  /**
   * Takes what came for a feed.
   *
   * @throws io.streambed.connectors.aws.AwsRefusedException if the shard can be read no more
   */
  void take(Answer answer, long now) {
    ShardFeed feed = answer.feed();
    ShardId id = feed.shard();
    if (open.get(id) != feed) {
      return;
    }
    feed.take(answer.reply(), now, random).ifPresent(batch -> take(id, batch));
    metrics.throttled(id, feed.throttled());
  }

  private void take(ShardId id, Batch batch) {
    ShardInfo shard = lineage.shard(id).orElseThrow();
    Position before = position(id);
    long size = Batch.bytes(batch.records());
    List<SourceRecord> records = mapping.records(shard, batch.records(), before);
    for (SourceRecord record : records) {
      add(record, size / records.size() + OVERHEAD);
    }
    if (!batch.records().isEmpty()) {
      positions.put(id, new Position.After(batch.records().getLast().sequenceNumber()));
    }
    metrics.read(id, records.size(), size, batch.behind());
    if (batch.ended()) {
      end(id, batch.children());
    }
  }

  private void end(ShardId id, List<ChildShard> children) {
    positions.put(id, new Position.Ended());
    add(mapping.marker(id, new Position.Ended(), "ended", clock.millis()), 0);
    ShardFeed feed = open.remove(id);
    if (feed != null) {
      feed.close();
    }
    metrics.ended(id);
    adopt(id.stream(), children);
    LOG.atInfo().addKeyValue("shard", id).log("the shard has been read to its end");
  }

  /**
   * Takes children in whose parents are all this task's. One that has a parent elsewhere waits
   * until both have ended and the connector shares shards out anew.
   */
  private void adopt(StreamName stream, List<ChildShard> children) {
    List<ShardInfo> all = new ArrayList<>(lineage.shards());
    for (ChildShard child : children) {
      ShardId id = new ShardId(stream, child.shardId());
      Set<ShardId> parents =
          child.parentShards().stream()
              .map(parent -> new ShardId(stream, parent))
              .collect(Collectors.toSet());
      boolean ours = parents.stream().allMatch(parent -> lineage.shard(parent).isPresent());
      if (ours && lineage.shard(id).isEmpty()) {
        all.add(new ShardInfo(id, parents, ShardInfo.keys(child.hashKeyRange())));
        positions.put(id, new Position.Beginning());
      }
    }
    lineage = new Lineage(all);
  }

  private Position position(ShardId shard) {
    return positions.getOrDefault(shard, new Position.Beginning());
  }

  private void add(SourceRecord record, long size) {
    waiting.add(new Waiting(record, size));
    bytes += size;
  }

  /** Records in their order, at most so many; they are the worker's now. */
  List<SourceRecord> next(int most) {
    List<SourceRecord> records = new ArrayList<>(Math.min(most, waiting.size()));
    while (records.size() < most && !waiting.isEmpty()) {
      Waiting first = waiting.remove();
      bytes -= first.bytes();
      records.add(first.record());
    }
    return records;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  @Override
  public void close() {
    open.values().forEach(ShardFeed::close);
    open.clear();
  }
}
