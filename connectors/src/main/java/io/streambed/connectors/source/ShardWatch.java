/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.source;

import io.streambed.connectors.aws.AwsFailure;
import io.streambed.connectors.aws.AwsRefusedException;
import io.streambed.connectors.aws.AwsRequests.Outcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again and again which streams and shards there are, and has the worker share them out anew
 * when there are some that no task has. A thread of its own looks; the worker's asks for the
 * shares.
 */
final class ShardWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ShardWatch.class);

  private final KinesisSourceConfig config;
  private final Catalogue catalogue;
  private final OffsetStorageReader offsets;
  private final Runnable shareOut;
  private final ScheduledExecutorService thread;
  private volatile Listing seen;
  private volatile Listing sharedOut = Listing.of(Map.of());
  private volatile Map<StreamName, String> consumers = Map.of();

  /**
   * Looks once.
   *
   * @param shareOut has the worker ask for {@link #shares}
   * @throws AwsRefusedException if the streams cannot be listed
   */
  ShardWatch(
      KinesisSourceConfig config,
      Catalogue catalogue,
      OffsetStorageReader offsets,
      Runnable shareOut) {
    this.config = config;
    this.catalogue = catalogue;
    this.offsets = offsets;
    this.shareOut = shareOut;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(work -> {
          Thread made = new Thread(work, "kinesis-shards");
          made.setDaemon(true);
          return made;
        });
    this.seen = look(Map.of());
  }

  /** Goes on to look. */
  void start() {
    Duration pause = config.refresh();
    thread.scheduleWithFixedDelay(
        this::lookAgain, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** What each task is to read. */
  List<TaskAssignment> shares(int tasks) {
    Listing now = seen;
    Map<ShardId, Position> positions = StoredOffsets.read(offsets, now.decisive());
    consumers = consumers(now.streams());
    List<List<ShardInfo>> shares = Assignment.of(now.lineage().groups(positions), tasks);
    sharedOut = now;
    LOG.atInfo()
        .addKeyValue("streams", now.streams().size())
        .addKeyValue("shards", shares.stream().mapToInt(List::size).sum())
        .addKeyValue("tasks", shares.size())
        .log("shards are shared out");
    return shares.stream().map(share -> new TaskAssignment(share, of(share))).toList();
  }

  private Map<StreamName, String> of(List<ShardInfo> share) {
    return share.stream()
        .map(shard -> shard.id().stream())
        .distinct()
        .filter(consumers::containsKey)
        .collect(Collectors.toMap(stream -> stream, consumers::get));
  }

  private Map<StreamName, String> consumers(Set<StreamName> streams) {
    if (config.consumer().isEmpty()) {
      return Map.of();
    }
    Map<StreamName, String> known = new HashMap<>(consumers);
    for (StreamName stream : streams) {
      known.computeIfAbsent(stream, one -> catalogue.consumer(one, config.consumer().get()));
    }
    return Map.copyOf(known);
  }

  /** Looks, and has the shards shared out anew if that is to be. */
  void lookAgain() {
    try {
      Listing now = look(byStream(seen));
      seen = now;
      Listing before = sharedOut;
      if (now.misses(before) || !now.newSince(before).isEmpty()) {
        if (now.asksForSharing(before, StoredOffsets.read(offsets, now.decisive()))) {
          shareOut.run();
        }
      }
    } catch (AwsRefusedException e) {
      LOG.atWarn()
          .addKeyValue("reason", e.getMessage())
          .log("streams could not be listed; what is known of them stays");
    } catch (RuntimeException e) {
      LOG.atWarn()
          .addKeyValue("reason", e.getClass().getSimpleName())
          .log("new shards could not be looked for; it is tried again");
    }
  }

  /**
   * Lists all. A stream that cannot be listed now is taken as it was, if it was: its tasks read it
   * still, or fail and say why. One that only matches the pattern may be deleted at any time.
   */
  private Listing look(Map<StreamName, List<ShardInfo>> before) {
    Map<StreamName, List<ShardInfo>> shards = new TreeMap<>();
    for (StreamName stream : config.streams()) {
      switch (catalogue.shards(stream)) {
        case Outcome.Answered<List<ShardInfo>>(List<ShardInfo> now) -> shards.put(stream, now);
        case Outcome.Failed<List<ShardInfo>>(AwsFailure why) -> {
          if (!before.containsKey(stream)) {
            throw refused(stream, why);
          }
          keep(stream, before, why, shards);
        }
      }
    }
    for (StreamName stream : matching(shards.keySet())) {
      switch (catalogue.shards(stream)) {
        case Outcome.Answered<List<ShardInfo>>(List<ShardInfo> now) -> shards.put(stream, now);
        case Outcome.Failed<List<ShardInfo>>(AwsFailure why) -> {
          if (before.containsKey(stream) && !(why instanceof AwsFailure.NotFound)) {
            keep(stream, before, why, shards);
          } else {
            // It was deleted in this moment, or is still in the making.
            LOG.atWarn()
                .addKeyValue("stream", stream)
                .addKeyValue("reason", refused(stream, why).getMessage())
                .log("a stream that matches the pattern is left out for now");
          }
        }
      }
    }
    return Listing.of(shards);
  }

  private static void keep(
      StreamName stream,
      Map<StreamName, List<ShardInfo>> before,
      AwsFailure why,
      Map<StreamName, List<ShardInfo>> shards) {
    shards.put(stream, before.getOrDefault(stream, List.of()));
    LOG.atWarn()
        .addKeyValue("stream", stream)
        .addKeyValue("reason", refused(stream, why).getMessage())
        .log("the stream's shards could not be listed");
  }

  private static AwsRefusedException refused(StreamName stream, AwsFailure why) {
    return why.toException("listing the shards of stream " + stream);
  }

  private Set<StreamName> matching(Set<StreamName> named) {
    Set<String> names = named.stream().map(StreamName::name).collect(Collectors.toSet());
    Set<StreamName> matching = new TreeSet<>();
    config.pattern().map(catalogue::streams).ifPresent(matching::addAll);
    matching.removeIf(stream -> names.contains(stream.name()));
    return matching;
  }

  private static Map<StreamName, List<ShardInfo>> byStream(Listing listing) {
    Map<StreamName, List<ShardInfo>> shards =
        listing.lineage().shards().stream()
            .collect(Collectors.groupingBy(shard -> shard.id().stream(), Collectors.toList()));
    listing.streams().forEach(stream -> shards.putIfAbsent(stream, List.of()));
    return shards;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
