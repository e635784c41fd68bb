/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.scenario;

import io.streambed.loadtests.bench.Bench;
import io.streambed.loadtests.bench.Group;
import io.streambed.loadtests.process.Child;
import io.streambed.loadtests.subject.SubjectSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Several instances of Streambed that share the work, by their ids. For one thread. */
final class Fleet {
  private static final Duration STOP = Duration.ofMinutes(2);
  private static final Duration BALANCE = Duration.ofSeconds(90);

  /** Shares that have not changed for so long do not change any more. */
  private static final double STILL_SECONDS = 3;

  /** Words of the log of an instance whose work was taken away while it lived. */
  private static final List<String> FENCED = List.of("fenced", "invalidproducerepoch", "migrated");

  private final Run run;
  private final Bench bench;
  private final UnaryOperator<SubjectSettings> settings;
  private final int limit;
  private final Map<String, Child> living = new LinkedHashMap<>();
  private long balancedAt;

  /**
   * @param settings what all have in common
   * @param limit most calls in flight of each
   */
  Fleet(Run run, Bench bench, int limit, UnaryOperator<SubjectSettings> settings) {
    this.run = run;
    this.bench = bench;
    this.limit = limit;
    this.settings = settings;
  }

  /** Starts instances at once and waits until they run. */
  void start(List<String> ids) {
    ids.forEach(id -> living.put(id, bench.startNow(run.streambed(), of(id))));
    ids.forEach(id -> instance(id).awaitReady(STOP));
  }

  private SubjectSettings of(String id) {
    return settings.apply(bench.instance(id, limit));
  }

  /** Kills an instance; gives the moment by {@link System#nanoTime}. */
  long kill(String id) {
    long at = System.nanoTime();
    instance(id).kill();
    living.remove(id);
    return at;
  }

  /** Stops an instance in order. */
  void stop(String id) {
    Child child = instance(id);
    living.remove(id);
    child.terminate(STOP);
  }

  /** Stops all in order, at once. */
  void stopAll() {
    List<Thread> stops = new ArrayList<>();
    living
        .values()
        .forEach(child -> stops.add(Thread.startVirtualThread(() -> child.terminate(STOP))));
    stops.forEach(Fleet::join);
    living.clear();
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Child instance(String id) {
    Child child = living.get(id);
    if (child == null) {
      throw new IllegalArgumentException("there is no instance " + id);
    }
    return child;
  }

  /**
   * Waits until each has a share of the partitions and the shares stay as they are.
   *
   * @param all how many partitions there are; 0 where that is not known yet
   * @return the share of each; none if it never was so
   */
  List<Integer> awaitBalance(int all) {
    List<Integer> before = List.of();
    long since = System.nanoTime();
    long end = since + BALANCE.toNanos();
    try (Group group = bench.group()) {
      while (System.nanoTime() < end) {
        List<Integer> shares = group.shares();
        int sum = shares.stream().mapToInt(Integer::intValue).sum();
        boolean good =
            shares.size() == living.size()
                && shares.stream().allMatch(share -> share > 0)
                && (all == 0 || sum == all);
        if (!good || !shares.equals(before)) {
          since = System.nanoTime();
        }
        before = good ? shares : List.of();
        balancedAt = since;
        if (good && (System.nanoTime() - since) / 1e9 > STILL_SECONDS) {
          return shares;
        }
        run.rest(Duration.ofMillis(100));
      }
    }
    return List.of();
  }

  /** When the shares were first as {@link #awaitBalance} found them. */
  long balancedAt() {
    return balancedAt;
  }

  /** Lines of the logs of the instances that live which say that one was fenced. */
  List<String> fencings() {
    List<String> lines = new ArrayList<>();
    for (Child child : living.values()) {
      try (Stream<String> log = Files.lines(child.log())) {
        log.filter(line -> FENCED.stream().anyMatch(line.toLowerCase(Locale.ROOT)::contains))
            .map(line -> child.name() + ": " + line)
            .forEach(lines::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return lines;
  }
}
