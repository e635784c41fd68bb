/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import io.streambed.connectors.kpl.UserRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What waits for one stream, and what of it goes in the next request. Of the task's thread; decides
 * only.
 *
 * <p>Records wait in lanes. With order there is one for each partition key, and it is busy from
 * when a parcel was cut from it until that was acknowledged. With aggregation there is one for each
 * partition key and hash key. Otherwise there is one for all.
 */
final class Batching {

  /**
   * Most bytes of records put together. A shard takes 1 MiB a second; in quarters of it, a refused
   * one finds room again soon.
   */
  static final int MOST_TOGETHER = 256 << 10;

  private final Limits limits;
  private final boolean ordered;
  private final boolean aggregates;
  private final int together;
  private final Map<Lane.Place, Lane> lanes = new HashMap<>();
  private final ArrayDeque<Lane> ready = new ArrayDeque<>();
  private final ArrayDeque<Parcel> again = new ArrayDeque<>();
  private int readyRecords;
  private long readyBytes;
  private long due;
  private long held;

  /**
   * @param ordered whether the order of each partition key is kept
   * @param aggregates whether records are put together
   */
  Batching(Limits limits, boolean ordered, boolean aggregates) {
    this.limits = limits;
    this.ordered = ordered;
    this.aggregates = aggregates;
    this.together = aggregates ? Math.min(MOST_TOGETHER, limits.recordBytes()) : 0;
  }

  /** Adds a record, the last in order. */
  void add(Outgoing record) {
    Lane lane = lanes.computeIfAbsent(place(record.record()), Lane::new);
    boolean first = lane.isEmpty();
    lane.add(record);
    held += record.weight();
    if (!lane.isBusy()) {
      readyRecords++;
      readyBytes += record.size();
      if (first) {
        queue(lane);
      }
    }
  }

  private Lane.Place place(UserRecord record) {
    return new Lane.Place(
        ordered || aggregates ? Optional.of(record.partitionKey()) : Optional.empty(),
        aggregates && !ordered ? record.explicitHashKey() : Optional.empty());
  }

  private void queue(Lane lane) {
    long late = lane.oldest() + limits.linger().toNanos();
    if (ready.isEmpty() || late - due < 0) {
      due = late;
    }
    ready.addLast(lane);
  }

  /**
   * What to send now, possibly nothing: what was refused before alone, or else new records, once
   * there are enough for a full request or the first has waited long enough. Each parcel comes back
   * by {@link #refused} or {@link #settled}.
   *
   * @param now as {@link System#nanoTime()}
   */
  List<Parcel> next(long now) {
    if (!again.isEmpty()) {
      return refusedBefore();
    }
    return dueIn(now) == 0 ? fresh(now) : List.of();
  }

  private List<Parcel> refusedBefore() {
    List<Parcel> batch = new ArrayList<>();
    int room = limits.batchBytes();
    while (!again.isEmpty()
        && batch.size() < limits.batchRecords()
        && again.getFirst().size() <= room) {
      Parcel parcel = again.removeFirst();
      room -= parcel.size();
      batch.add(parcel);
    }
    return batch;
  }

  private List<Parcel> fresh(long now) {
    List<Parcel> batch = new ArrayList<>();
    int room = limits.batchBytes();
    while (!ready.isEmpty() && batch.size() < limits.batchRecords()) {
      Lane lane = ready.getFirst();
      int records = lane.count();
      long bytes = lane.bytes();
      Optional<Parcel> parcel = lane.cut(room, together, now);
      if (parcel.isEmpty()) {
        break;
      }
      ready.removeFirst();
      readyRecords -= records - lane.count();
      readyBytes -= bytes - lane.bytes();
      afterCut(lane);
      room -= parcel.get().size();
      batch.add(parcel.get());
    }
    if (!ready.isEmpty()) {
      due = ready.getFirst().oldest() + limits.linger().toNanos();
    }
    return batch;
  }

  private void afterCut(Lane lane) {
    if (ordered) {
      lane.setBusy(true);
      readyRecords -= lane.count();
      readyBytes -= lane.bytes();
    } else if (lane.isEmpty()) {
      lanes.remove(lane.place());
    } else {
      // Last, so that a lane with much does not fill requests that others wait for.
      ready.addLast(lane);
    }
  }

  /** Kinesis did not take this one; it goes again before anything new. */
  void refused(Parcel parcel) {
    again.addLast(parcel);
  }

  /** Nothing more is to be done about this one; what waits behind it may go. */
  void settled(Parcel parcel) {
    held -= parcel.weight();
    Lane lane = parcel.lane();
    if (lane.isBusy()) {
      lane.setBusy(false);
      if (lane.isEmpty()) {
        lanes.remove(lane.place());
      } else {
        readyRecords += lane.count();
        readyBytes += lane.bytes();
        queue(lane);
      }
    }
  }

  /** Forgets records that wait; a parcel that was sent before goes on if a part of it is wanted. */
  void drop(Predicate<Origin> gone) {
    List<Parcel> refused = List.copyOf(again);
    again.clear();
    for (Parcel parcel : refused) {
      if (parcel.origins().stream().allMatch(gone)) {
        settled(parcel);
      } else {
        again.addLast(parcel);
      }
    }
    for (Lane lane : lanes.values()) {
      held -= lane.drop(gone);
    }
    ready.removeIf(Lane::isEmpty);
    lanes.values().removeIf(lane -> lane.isEmpty() && !lane.isBusy());
    readyRecords = ready.stream().mapToInt(Lane::count).sum();
    readyBytes = ready.stream().mapToLong(Lane::bytes).sum();
  }

  /** Nanoseconds until {@link #next} has something; the largest value if more must happen first. */
  long dueIn(long now) {
    if (!again.isEmpty() || isFull()) {
      return 0;
    }
    return ready.isEmpty() ? Long.MAX_VALUE : Math.max(0, due - now);
  }

  private boolean isFull() {
    int parcels = ordered || aggregates ? ready.size() : readyRecords;
    return parcels >= limits.batchRecords() || readyBytes >= limits.batchBytes();
  }

  /** Bytes of all that was added and is not settled. */
  long held() {
    return held;
  }
}
