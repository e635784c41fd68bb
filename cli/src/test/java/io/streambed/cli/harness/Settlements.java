/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.harness;

import io.streambed.cli.cluster.Cluster;
import io.streambed.cli.cluster.KafkaAccess;
import io.streambed.cli.cluster.SettlementReader;
import io.streambed.cli.cluster.SettlementReader.Kind;
import io.streambed.cli.cluster.Start;
import io.streambed.cli.cluster.UsageReader;
import io.streambed.cli.settlement.Settlement;
import io.streambed.schemas.UsageEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Results, dead letters and usage events as a {@code read_committed} consumer sees them. */
public final class Settlements implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration PIECE = Duration.ofMillis(100);

  private final SettlementReader reader;
  private final UsageReader usage;
  private final List<Settlement> all = new ArrayList<>();
  private final List<UsageEvent> events = new ArrayList<>();

  Settlements(Cluster cluster, KafkaAccess kafka) {
    this.reader = SettlementReader.open(cluster, kafka, Kind.all(), new Start.Beginning());
    this.usage = UsageReader.open(cluster, kafka, new Start.Beginning());
  }

  /** Waits for the settlement of an id, the first if there are several. */
  public Settlement await(String id) {
    return await(id, LIMIT);
  }

  /** Waits for the settlement of an id. */
  public Settlement await(String id, Duration limit) {
    return awaitAll("the settlement of " + id, limit, seen -> !of(id).isEmpty()).stream()
        .filter(one -> one.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  /** Waits until so many settlements were seen in all, and gives all. */
  public List<Settlement> awaitCount(int count, Duration limit) {
    return awaitAll(count + " settlements", limit, seen -> seen.size() >= count);
  }

  /** Waits until the settlements seen fulfil a condition, and gives all. */
  public List<Settlement> awaitAll(
      String what, Duration limit, Predicate<List<Settlement>> condition) {
    long begun = System.nanoTime();
    while (!condition.test(all)) {
      if (System.nanoTime() - begun > limit.toNanos()) {
        throw new AssertionError(
            "no %s within %s; seen are %d: %s".formatted(what, limit, all.size(), outcomes()));
      }
      all.addAll(reader.poll(PIECE));
    }
    return List.copyOf(all);
  }

  /** All that were seen, after reading what is committed now. */
  public List<Settlement> now() {
    all.addAll(reader.toEnd());
    return List.copyOf(all);
  }

  /** The settlements seen of an id. */
  public List<Settlement> of(String id) {
    return all.stream().filter(one -> one.id().equals(id)).toList();
  }

  /** How many of each outcome were seen. */
  public Map<String, Integer> outcomes() {
    Map<String, Integer> counts = new TreeMap<>();
    all.forEach(one -> counts.merge(one.outcome(), 1, Integer::sum));
    return counts;
  }

  /** All usage events that are committed now. */
  public List<UsageEvent> usageEvents() {
    events.addAll(usage.toEnd());
    return List.copyOf(events);
  }

  @Override
  public void close() {
    reader.close();
    usage.close();
  }
}
