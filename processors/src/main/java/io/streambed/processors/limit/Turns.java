/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.limit;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is, so that each who waits gets a part of the whole by its weight: start-time fair
 * queueing (Goyal, Vin and Cheng, "Start-time Fair Queuing: A Scheduling Algorithm for Integrated
 * Services Packet Switching Networks", 1996). Between two that wait all the time, what they got for
 * their weight differs by no more than the largest cost of each for its weight. Who did not wait
 * has no claim to what it could have had. Not safe for several threads.
 *
 * @param <K> who waits; compared by equals
 */
final class Turns<K> implements Iterable<Turns.Turn<K>> {

  /** Those of the past are looked through when they have become this many times as many. */
  private static final int SWEEP_FACTOR = 2;

  private static final int SWEEP_LEAST = 64;

  /** When one that waits is next, in parts of the whole. */
  record Turn<K>(double start, long number, double weight, K key) {}

  private final TreeSet<Turn<K>> turns =
      new TreeSet<>(
          Comparator.<Turn<K>>comparingDouble(Turn::start).thenComparingLong(Turn::number));

  private final Map<K, Turn<K>> waiting = new HashMap<>();

  /** When those that do not wait may start again, where that is later than now. */
  private final Map<K, Double> notBefore = new HashMap<>();

  private int sweepAt = SWEEP_LEAST;
  private double time;
  private long numbers;

  /** One waits from now on, if it did not. */
  void join(K key, double weight) {
    if (!waiting.containsKey(key)) {
      Double own = notBefore.remove(key);
      put(new Turn<>(own == null ? time : Math.max(time, own), numbers++, weight, key));
    }
  }

  /** One does not wait any more, and was not served. */
  void leave(K key) {
    Turn<K> turn = remove(key);
    if (turn != null) {
      remember(key, turn.start());
    }
  }

  /** Those that wait, the next first. Not to be changed meanwhile. */
  @Override
  public Iterator<Turn<K>> iterator() {
    return turns.iterator();
  }

  /**
   * One that waits is served.
   *
   * @param more whether it waits for more
   */
  void serve(K key, double cost, boolean more) {
    Turn<K> turn = remove(key);
    if (turn == null) {
      throw new IllegalArgumentException("it does not wait");
    }
    time = Math.max(time, turn.start());
    double next = turn.start() + cost / turn.weight();
    if (more) {
      put(new Turn<>(next, numbers++, turn.weight(), key));
    } else {
      remember(key, next);
    }
  }

  /** What one was served has cost more than was said, or less. */
  void putRight(K key, double weight, double more) {
    Turn<K> turn = remove(key);
    if (turn != null) {
      put(new Turn<>(turn.start() + more / weight, turn.number(), turn.weight(), key));
    } else {
      Double own = notBefore.remove(key);
      remember(key, (own == null ? time : own) + more / weight);
    }
  }

  /** How many are remembered that do not wait. */
  int remembered() {
    return notBefore.size();
  }

  private void put(Turn<K> turn) {
    turns.add(turn);
    waiting.put(turn.key(), turn);
  }

  private @Nullable Turn<K> remove(K key) {
    Turn<K> turn = waiting.remove(key);
    if (turn != null) {
      turns.remove(turn);
    }
    return turn;
  }

  private void remember(K key, double next) {
    if (next > time) {
      notBefore.put(key, next);
    }
    if (notBefore.size() >= sweepAt) {
      notBefore.values().removeIf(at -> at <= time);
      sweepAt = Math.max(SWEEP_LEAST, SWEEP_FACTOR * notBefore.size());
    }
  }
}
