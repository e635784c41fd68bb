/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.sink;

import io.streambed.connectors.kpl.Aggregation;
import io.streambed.connectors.kpl.UserRecord;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Records that wait for the same place, in their order. Of the task's thread. */
final class Lane {

  /**
   * What the records of a lane have in common.
   *
   * @param partitionKey of all of them, or nothing
   * @param hashKey of all of them, or nothing
   */
  record Place(Optional<String> partitionKey, Optional<BigInteger> hashKey) {}

  private final Place place;
  private final ArrayDeque<Outgoing> waiting = new ArrayDeque<>();
  private long bytes;
  private boolean busy;

  Lane(Place place) {
    this.place = place;
  }

  Place place() {
    return place;
  }

  void add(Outgoing record) {
    waiting.addLast(record);
    bytes += record.size();
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** How many records wait. */
  int count() {
    return waiting.size();
  }

  /** Size of all that wait. */
  long bytes() {
    return bytes;
  }

  /** When the first that waits was taken; the lane is not empty. */
  long oldest() {
    return waiting.getFirst().taken();
  }

  /** Whether nothing may be cut before a parcel of it is acknowledged. */
  boolean isBusy() {
    return busy;
  }

  void setBusy(boolean busy) {
    this.busy = busy;
  }

  /**
   * Takes out what goes as one record.
   *
   * @param room most bytes of it
   * @param together most bytes of several records put together; 0 for one record at a time
   * @param now as {@link System#nanoTime()}
   * @return nothing if the first record has no room
   */
  Optional<Parcel> cut(int room, int together, long now) {
    if (waiting.isEmpty() || waiting.getFirst().size() > room) {
      return Optional.empty();
    }
    Outgoing first = next();
    return Optional.of(
        together == 0
            ? parcel(List.of(first), first.record(), now)
            : joined(first, Math.min(room, together), now));
  }

  private Parcel joined(Outgoing first, int room, long now) {
    UserRecord head = first.record();
    int most = room - (first.size() - head.data().length);
    List<Outgoing> records = new ArrayList<>();
    records.add(first);
    Aggregation joined = new Aggregation();
    joined.add(head);
    while (!waiting.isEmpty() && goesWith(head, waiting.getFirst().record(), joined, most)) {
      Outgoing next = next();
      records.add(next);
      joined.add(next.record());
    }
    UserRecord sent =
        records.size() == 1
            ? head
            : new UserRecord(head.partitionKey(), head.explicitHashKey(), joined.bytes());
    return parcel(records, sent, now);
  }

  private static boolean goesWith(UserRecord head, UserRecord next, Aggregation joined, int most) {
    return next.partitionKey().equals(head.partitionKey())
        && next.explicitHashKey().equals(head.explicitHashKey())
        && joined.sizeWith(next) <= most;
  }

  private Parcel parcel(List<Outgoing> records, UserRecord sent, long now) {
    return new Parcel(
        this,
        records.stream().map(Outgoing::origin).toList(),
        sent,
        Outgoing.size(sent),
        records.stream().mapToLong(Outgoing::weight).sum(),
        now);
  }

  private Outgoing next() {
    Outgoing first = waiting.removeFirst();
    bytes -= first.size();
    return first;
  }

  /**
   * Drops what waits and came from partitions that are gone.
   *
   * @return the weight of what was dropped
   */
  long drop(Predicate<Origin> gone) {
    long dropped = 0;
    for (int left = waiting.size(); left > 0; left--) {
      Outgoing record = next();
      if (gone.test(record.origin())) {
        dropped += record.weight();
      } else {
        add(record);
      }
    }
    return dropped;
  }
}
