/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import io.streambed.processors.job.Cancellations.Request;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the jobs of a task wait, by their requests. One request may have several: published again,
 * or with other content. Owned by a stream thread.
 */
final class RequestIndex {

  /** A job that waits for a flight. */
  record Place(Flight flight, Flight.Waiter waiter) {}

  private final Map<Request, Set<Place>> places = new HashMap<>();

  void add(Flight flight, Flight.Waiter waiter) {
    places
        .computeIfAbsent(waiter.request(), request -> new LinkedHashSet<>(1))
        .add(new Place(flight, waiter));
  }

  void remove(Flight flight, Flight.Waiter waiter) {
    Set<Place> of = places.get(waiter.request());
    if (of != null && of.remove(new Place(flight, waiter)) && of.isEmpty()) {
      places.remove(waiter.request());
    }
  }

  /** A copy of the places of a request. */
  List<Place> of(Request request) {
    return List.copyOf(places.getOrDefault(request, Set.of()));
  }
}
