/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.limit;

import io.streambed.schemas.Priority;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a lane, in the order in which it goes: urgent work before other work, but never
 * all of the lane; within a class each tenant by its weight; within a tenant the earliest deadline
 * first, and what came first where there is none. Pure. Not safe for several threads.
 *
 * @param <T> what waits; compared by identity
 */
public final class FairQueue<T> {

  /**
   * Those that share a lane.
   *
   * @param weight of the tenant beside others of its class, above 0
   */
  public record Flow(Priority priority, String tenant, double weight) {}

  private record Entry<T>(Instant deadline, long number, Flow flow, T item) {}

  private static final Comparator<Entry<?>> EARLIEST =
      Comparator.<Entry<?>, Instant>comparing(Entry::deadline).thenComparingLong(Entry::number);

  /** What waits in one class. */
  private static final class OfClass<T> {
    private final Turns<String> tenants = new Turns<>();
    private final Map<String, NavigableSet<Entry<T>>> waiting = new HashMap<>();

    void put(Entry<T> entry) {
      Flow flow = entry.flow();
      waiting.computeIfAbsent(flow.tenant(), tenant -> new TreeSet<>(EARLIEST)).add(entry);
      tenants.join(flow.tenant(), flow.weight());
    }

    /** The next of the first tenant, in the order of their turns, that may go; null for none. */
    @Nullable Entry<T> next(Predicate<Flow> may) {
      for (Turns.Turn<String> turn : tenants) {
        Entry<T> first = entriesOf(turn.key()).first();
        if (may.test(first.flow())) {
          return first;
        }
      }
      return null;
    }

    /** Takes an entry out; returns whether its tenant has more. */
    boolean take(Entry<T> entry) {
      String tenant = entry.flow().tenant();
      NavigableSet<Entry<T>> its = entriesOf(tenant);
      its.remove(entry);
      if (its.isEmpty()) {
        waiting.remove(tenant);
      }
      return !its.isEmpty();
    }

    boolean isEmpty() {
      return waiting.isEmpty();
    }

    private NavigableSet<Entry<T>> entriesOf(String tenant) {
      return waiting.getOrDefault(tenant, Collections.emptyNavigableSet());
    }
  }

  private final Turns<Priority> turns = new Turns<>();
  private final Map<Priority, OfClass<T>> classes = new EnumMap<>(Priority.class);
  private final IdentityHashMap<T, Entry<T>> entries = new IdentityHashMap<>();
  private long last;
  private long first;

  /**
   * Something waits from now on.
   *
   * @param deadline {@link Instant#MAX} where it has none
   */
  public void add(Flow flow, Instant deadline, T item) {
    put(new Entry<>(deadline, ++last, flow, item));
  }

  /** The same, before all else of its tenant and class. */
  public void addFirst(Flow flow, T item) {
    put(new Entry<>(Instant.MIN, --first, flow, item));
  }

  private void put(Entry<T> entry) {
    if (entries.put(entry.item(), entry) != null) {
      throw new IllegalArgumentException("it waits already");
    }
    Priority priority = entry.flow().priority();
    of(priority).put(entry);
    turns.join(priority, weight(priority));
  }

  private OfClass<T> of(Priority priority) {
    return classes.computeIfAbsent(priority, first -> new OfClass<>());
  }

  /** What goes next, among the flows that may go. It goes on waiting. */
  public Optional<T> next(Predicate<Flow> may) {
    for (Turns.Turn<Priority> turn : turns) {
      Entry<T> next = of(turn.key()).next(may);
      if (next != null) {
        return Optional.of(next.item());
      }
    }
    return Optional.empty();
  }

  /**
   * Something that waits goes.
   *
   * @param cost what it is expected to take, in whatever the lane is short of; not negative
   */
  public void serve(T item, double cost) {
    Entry<T> entry = taken(item);
    Flow flow = entry.flow();
    OfClass<T> its = of(flow.priority());
    its.tenants.serve(flow.tenant(), cost, its.take(entry));
    turns.serve(flow.priority(), cost, !its.isEmpty());
  }

  /** Something does not wait any more; false where it did not. */
  public boolean remove(T item) {
    if (!entries.containsKey(item)) {
      return false;
    }
    Entry<T> entry = taken(item);
    Flow flow = entry.flow();
    OfClass<T> its = of(flow.priority());
    if (!its.take(entry)) {
      its.tenants.leave(flow.tenant());
    }
    if (its.isEmpty()) {
      turns.leave(flow.priority());
    }
    return true;
  }

  private Entry<T> taken(T item) {
    Entry<T> entry = entries.remove(item);
    if (entry == null) {
      throw new IllegalArgumentException("it does not wait");
    }
    return entry;
  }

  /** What a flow has taken is more than was expected, or less. */
  public void putRight(Flow flow, double more) {
    of(flow.priority()).tenants.putRight(flow.tenant(), flow.weight(), more);
    turns.putRight(flow.priority(), weight(flow.priority()), more);
  }

  /** How many wait. */
  public int size() {
    return entries.size();
  }

  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** The parts that classes get of a lane when all of them wait. */
  private static double weight(Priority priority) {
    return switch (priority) {
      case INTERACTIVE -> 16;
      case STANDARD, UNKNOWN -> 4;
      case BACKGROUND -> 1;
    };
  }
}
