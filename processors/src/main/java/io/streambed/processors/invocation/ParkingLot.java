/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import io.streambed.processors.limit.FairQueue.Flow;
import io.streambed.processors.model.EmbeddingFamily;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The flights of one task that wait for a ticket of one lane, and which of them share a call: texts
 * with equal parameters, up to the model's count and the configured bytes, waiting for each other
 * no longer than the configured time. The order in which they go is the gate's. Owned by a stream
 * thread.
 */
final class ParkingLot {

  /**
   * Flights of a tenant and class that wait here before the others of it stay in Kafka: enough to
   * see what is urgent among them.
   */
  static final int DEPTH = 32;

  /** The same for jobs that were held: they are read again in bursts, and were there first. */
  static final int HELD_DEPTH = 4 * DEPTH;

  /** Texts that may share calls. */
  private static final class Group {
    private final Deque<Flight> queue = new ArrayDeque<>();
    private @Nullable Claim claim;
  }

  private final LaneGate gate;
  private final Mailbox mailbox;
  private final int maxBatch;
  private final long maxBatchBytes;
  private final Duration maxWait;
  private final Map<Flight, Claim> singles = new LinkedHashMap<>();
  private final Map<ByteBuffer, Group> groups = new LinkedHashMap<>();
  private final Map<Flow, Integer> parked = new HashMap<>();

  /**
   * @param mailbox where tickets are posted
   */
  ParkingLot(LaneGate gate, InvocationConfig config, Mailbox mailbox) {
    this.gate = gate;
    this.mailbox = mailbox;
    this.maxBatch =
        EmbeddingFamily.of(gate.lane().modelId()).map(EmbeddingFamily::maxBatch).orElse(1);
    this.maxBatchBytes = config.batchMaxBytes();
    this.maxWait = config.batchMaxWait();
  }

  /** A flight waits from now on. One that goes alone may have its ticket when this returns. */
  void add(Flight flight) {
    count(flight, 1);
    if (isGrouped(flight)) {
      group(flight).queue.addLast(flight);
    } else {
      Claim claim = Claim.of(flight, flight.flow(), mailbox);
      singles.put(flight, claim);
      gate.ask(claim);
    }
  }

  /** Puts flights back that a call was refused for: they go next, in smaller batches. */
  void addFirst(List<Flight> flights) {
    for (Flight flight : flights.reversed()) {
      count(flight, 1);
      if (isGrouped(flight)) {
        group(flight).queue.addFirst(flight);
      } else {
        Claim claim = Claim.of(flight, flight.flow(), mailbox);
        singles.put(flight, claim);
        gate.askFirst(claim);
      }
    }
  }

  private boolean isGrouped(Flight flight) {
    return maxBatch > 1 && flight.batchGroup().isPresent();
  }

  private Group group(Flight flight) {
    return groups.computeIfAbsent(flight.batchGroup().orElseThrow(), key -> new Group());
  }

  private void count(Flight flight, int more) {
    parked.merge(
        flight.flow(), more, (before, change) -> before + change == 0 ? null : before + change);
  }

  /** Asks for a ticket for each group of which enough wait, or long enough. */
  void askForGroups(Instant now) {
    groups.forEach((key, group) -> {
      if (group.claim == null && isRipe(group.queue, now)) {
        Flight first = group.queue.element();
        long bytes = batch(group.queue).stream().mapToLong(Flight::contentBytes).sum();
        Claim claim = Claim.of(key, first, bytes, first.flow(), mailbox);
        group.claim = claim;
        gate.ask(claim);
      }
    });
  }

  /** Takes out the flights that go with a claim which has its ticket; none if they have left. */
  List<Flight> take(Claim claim) {
    List<Flight> batch = claim.group().map(this::takeBatch).orElseGet(() -> takeSingle(claim));
    batch.forEach(flight -> count(flight, -1));
    return batch;
  }

  private List<Flight> takeSingle(Claim claim) {
    return claim.flight().filter(flight -> singles.remove(flight, claim)).stream().toList();
  }

  private List<Flight> takeBatch(ByteBuffer key) {
    Group group = groups.get(key);
    if (group == null) {
      return List.of();
    }
    List<Flight> batch = batch(group.queue);
    batch.forEach(flight -> group.queue.remove());
    group.claim = null;
    if (group.queue.isEmpty()) {
      groups.remove(key);
    }
    return batch;
  }

  /** A flight does not wait any more. */
  void remove(Flight flight) {
    if (!isGrouped(flight)) {
      Claim claim = singles.remove(flight);
      if (claim != null) {
        count(flight, -1);
        gate.withdraw(claim);
      }
    } else if (group(flight).queue.remove(flight)) {
      count(flight, -1);
      Group left = group(flight);
      if (left.queue.isEmpty()) {
        groups.remove(flight.batchGroup().orElseThrow());
        withdraw(left);
      }
    }
  }

  private void withdraw(Group group) {
    if (group.claim != null) {
      gate.withdraw(group.claim);
      group.claim = null;
    }
  }

  /** A copy of the first that wait. */
  List<Flight> first(int limit) {
    return Stream.concat(
            singles.keySet().stream(),
            groups.values().stream().map(group -> group.queue).flatMap(Collection::stream))
        .limit(limit)
        .toList();
  }

  boolean isEmpty() {
    return parked.isEmpty();
  }

  /** How many wait. */
  int size() {
    return parked.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Whether so many of a tenant and class wait that no more of them should come in. */
  boolean isBacklogged(Flow flow) {
    return parked.getOrDefault(flow, 0) >= most(DEPTH);
  }

  /** The same for jobs that were held. */
  boolean isBackloggedForHeld(Flow flow) {
    return parked.getOrDefault(flow, 0) >= most(HELD_DEPTH);
  }

  /** Texts of a group are expected to wait for each other. */
  private int most(int depth) {
    return maxBatch == 1 ? depth : Math.max(depth, 2 * maxBatch * Math.max(1, groups.size()));
  }

  /** Those of which so many wait. */
  Stream<Flow> backlogged() {
    return parked.keySet().stream().filter(this::isBacklogged);
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

  /** The first that share a call, at least one. */
  private List<Flight> batch(Deque<Flight> queue) {
    List<Flight> batch = new ArrayList<>();
    int limit = maxBatch;
    long bytes = 0;
    for (Flight flight : queue) {
      limit = Math.min(limit, flight.state().getBatchLimit());
      bytes += flight.contentBytes();
      if (!batch.isEmpty() && (batch.size() >= limit || bytes > maxBatchBytes)) {
        break;
      }
      batch.add(flight);
    }
    return batch;
  }

  /** The task closes: nothing waits here any more. */
  void close() {
    singles.values().forEach(gate::withdraw);
    groups.values().forEach(this::withdraw);
  }
}
