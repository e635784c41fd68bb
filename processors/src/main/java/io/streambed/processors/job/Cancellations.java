/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.job;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Which requests are cancelled, of the whole process: what was published before its cancellation is
 * not wanted any more, and what is published again afterwards is. Safe for use by many threads.
 */
public final class Cancellations {

  /** As long as the topic keeps them: no request waits longer to be read. */
  private static final Duration KEPT = Duration.ofDays(7);

  /**
   * A request, by what its publisher calls it.
   *
   * @param tenant on whose behalf
   * @param id its id, or its {@code topic-partition-offset}
   */
  public record Request(String tenant, String id) {}

  /** A request was cancelled at a time. */
  public record Order(Request request, Instant at) {

    /** Whether it is about what was published at a time. */
    public boolean isAbout(Instant publishedAt) {
      return !publishedAt.isAfter(at);
    }
  }

  /** What one task has to carry out. Filled by any thread, emptied by the task's. */
  public final class Orders implements AutoCloseable {
    private final Queue<Order> queue = new ConcurrentLinkedQueue<>();

    private Orders() {}

    /** Adds one, as if it came now. */
    public void add(Order order) {
      queue.add(order);
    }

    /** The next one; null where there is none. */
    public @Nullable Order poll() {
      return queue.poll();
    }

    /** Nothing is here that any of them could be about. */
    public void clear() {
      queue.clear();
    }

    /** No more come. */
    @Override
    public void close() {
      subscribers.remove(this);
    }
  }

  private final Map<Request, Order> orders = new HashMap<>();
  private final Deque<Order> byArrival = new ArrayDeque<>();
  private final List<Orders> subscribers = new CopyOnWriteArrayList<>();

  /** A request was cancelled: that of a time before it. */
  public void add(Request request, Instant at) {
    Order order = new Order(request, at);
    synchronized (this) {
      Order known = orders.get(request);
      if (known == null || known.at().isBefore(at)) {
        orders.put(request, order);
      }
      byArrival.add(order);
      forgetOlderThan(at.minus(KEPT));
    }
    // Whoever has the request already finds it by this, and whoever gets it later by the map.
    subscribers.forEach(subscriber -> subscriber.add(order));
  }

  private void forgetOlderThan(Instant time) {
    while (!byArrival.isEmpty() && byArrival.peek().at().isBefore(time)) {
      Order old = byArrival.remove();
      orders.remove(old.request(), old);
    }
  }

  /** Whether a request that was published at a time is cancelled. */
  public synchronized boolean has(Request request, Instant publishedAt) {
    Order order = orders.get(request);
    return order != null && order.isAbout(publishedAt);
  }

  /** Gets every order that comes from now on. */
  public Orders subscribe() {
    Orders subscriber = new Orders();
    subscribers.add(subscriber);
    return subscriber;
  }

  /** All that are known. */
  public synchronized List<Order> known() {
    return List.copyOf(orders.values());
  }

  /** How many are known. */
  public synchronized int size() {
    return orders.size();
  }
}
