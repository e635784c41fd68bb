/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import io.streambed.processors.model.EmbeddingFamily;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The flights of one task and one lane that wait for a ticket, and which of them share a call:
 * texts with equal parameters, up to the model's count and the configured bytes, waiting for each
 * other no longer than the configured time. Owned by a stream thread.
 */
final class ParkingLot {

  private final int maxBatch;
  private final long maxBatchBytes;
  private final Duration maxWait;
  private final Deque<Flight> singles = new ArrayDeque<>();
  private final Map<ByteBuffer, Deque<Flight>> groups = new LinkedHashMap<>();
  private int parked;

  ParkingLot(String modelId, InvocationConfig config) {
    this.maxBatch = EmbeddingFamily.of(modelId).map(EmbeddingFamily::maxBatch).orElse(1);
    this.maxBatchBytes = config.batchMaxBytes();
    this.maxWait = config.batchMaxWait();
  }

  void add(Flight flight) {
    parked++;
    queueOf(flight).addLast(flight);
  }

  /** Puts flights back that a batch was refused for: they go next, in smaller batches. */
  void addFirst(List<Flight> flights) {
    for (Flight flight : flights.reversed()) {
      parked++;
      queueOf(flight).addFirst(flight);
    }
  }

  private Deque<Flight> queueOf(Flight flight) {
    return maxBatch > 1 && flight.batchGroup().isPresent()
        ? groups.computeIfAbsent(flight.batchGroup().get(), group -> new ArrayDeque<>())
        : singles;
  }

  /** A copy of the first that wait. */
  List<Flight> first(int limit) {
    return Stream.concat(singles.stream(), groups.values().stream().flatMap(Collection::stream))
        .limit(limit)
        .toList();
  }

  boolean isEmpty() {
    return parked == 0;
  }

  /**
   * Whether more waits than a call or two could take, so that no more should come in. Texts of a
   * group are expected to wait for each other.
   */
  boolean isBacklogged() {
    return parked >= (maxBatch > 1 ? 2 * maxBatch * Math.max(1, groups.size()) : 1);
  }

  /** Whether {@link #next} would give flights. */
  boolean hasNext(Instant now) {
    return !singles.isEmpty() || groups.values().stream().anyMatch(queue -> isRipe(queue, now));
  }

  /** The flights of the next call, at least one; to be asked only after {@link #hasNext}. */
  List<Flight> next(Instant now) {
    if (!singles.isEmpty()) {
      parked--;
      return List.of(singles.remove());
    }
    Iterator<Deque<Flight>> queues = groups.values().iterator();
    while (queues.hasNext()) {
      Deque<Flight> queue = queues.next();
      if (isRipe(queue, now)) {
        List<Flight> batch = takeBatch(queue);
        if (queue.isEmpty()) {
          queues.remove();
        }
        parked -= batch.size();
        return batch;
      }
    }
    throw new IllegalStateException("nothing is ripe");
  }

  void remove(Flight flight) {
    if (queueOf(flight).remove(flight)) {
      parked--;
    }
  }

  private boolean isRipe(Deque<Flight> queue, Instant now) {
    Flight first = queue.peek();
    if (first == null) {
      return false;
    }
    return queue.size() >= maxBatch
        || first.state().getBatchLimit() < maxBatch
        || bytes(queue) >= maxBatchBytes
        || !(first.phase() instanceof Phase.Parked parkedPhase)
        || !now.isBefore(parkedPhase.since().plus(maxWait));
  }

  private static long bytes(Deque<Flight> queue) {
    return queue.stream().mapToLong(Flight::contentBytes).sum();
  }

  private List<Flight> takeBatch(Deque<Flight> queue) {
    List<Flight> batch = new ArrayList<>();
    int limit = maxBatch;
    long bytes = 0;
    while (!queue.isEmpty()) {
      Flight flight = queue.element();
      limit = Math.min(limit, flight.state().getBatchLimit());
      bytes += flight.contentBytes();
      if (!batch.isEmpty() && (batch.size() >= limit || bytes > maxBatchBytes)) {
        break;
      }
      batch.add(queue.remove());
    }
    return batch;
  }
}
