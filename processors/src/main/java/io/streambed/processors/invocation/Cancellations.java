/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Which requests are cancelled, of the whole process: what was published before its cancellation is
 * not wanted any more, and what is published again afterwards is. Safe for use by many threads.
 */
public final class Cancellations {

  /** As long as the topic keeps them: no request waits longer to be read. */
  static final Duration KEPT = Duration.ofDays(7);

  /**
   * A request, by what its publisher calls it.
   *
   * @param tenant on whose behalf
   * @param id its id, or its {@code topic-partition-offset}
   */
  public record Request(String tenant, String id) {}

  /** A request was cancelled at a time. */
  record Order(Request request, Instant at) {

    /** Whether it is about what was published at a time. */
    boolean isAbout(Instant publishedAt) {
      return !publishedAt.isAfter(at);
    }
  }

  private final Map<Request, Order> orders = new HashMap<>();
  private final Deque<Order> byArrival = new ArrayDeque<>();
  private final List<Consumer<Order>> listeners = new CopyOnWriteArrayList<>();

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
    listeners.forEach(listener -> listener.accept(order));
  }

  private void forgetOlderThan(Instant time) {
    while (!byArrival.isEmpty() && byArrival.peek().at().isBefore(time)) {
      Order old = byArrival.remove();
      orders.remove(old.request(), old);
    }
  }

  /** Whether a request that was published at a time is cancelled. */
  synchronized boolean has(Request request, Instant publishedAt) {
    Order order = orders.get(request);
    return order != null && order.isAbout(publishedAt);
  }

  /** From now on every order is told there, on the thread that brings it. */
  void listen(Consumer<Order> listener) {
    listeners.add(listener);
  }

  /** No more. */
  void leave(Consumer<Order> listener) {
    listeners.remove(listener);
  }

  /** How many are known. */
  public synchronized int size() {
    return orders.size();
  }
}
