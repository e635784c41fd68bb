/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.cluster;

import io.streambed.cli.settlement.Settlement;
import io.streambed.schemas.DeadLetter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Requests that were published and are not settled. A dead letter names its request's place in
 * Kafka; a result names id and tenant, so that of requests with one id the first takes it. Not for
 * use by several threads.
 *
 * @param <T> what is kept with a request
 */
public final class OpenRequests<T> {
  private record Identity(String tenant, String id) {}

  private record Place(String topic, int partition, long offset) {}

  private record Waiting<T>(Identity identity, Place place, T kept) {}

  private final Map<Identity, Deque<Waiting<T>>> byIdentity = new HashMap<>();
  private final Map<Place, Waiting<T>> byPlace = new HashMap<>();

  /** Adds a request that waits from now on. */
  public void add(String tenant, Published published, T kept) {
    Waiting<T> waiting =
        new Waiting<>(
            new Identity(tenant, published.id()),
            new Place(published.topic(), published.partition(), published.offset()),
            kept);
    byIdentity.computeIfAbsent(waiting.identity(), id -> new ArrayDeque<>()).add(waiting);
    byPlace.put(waiting.place(), waiting);
  }

  /** What was kept with the request that this settles, which then waits no more; else nothing. */
  public Optional<T> settle(Settlement settlement) {
    Optional<Waiting<T>> found =
        settlement instanceof Settlement.Dead dead
            ? Optional.ofNullable(byPlace.get(place(dead.value())))
            : Optional.ofNullable(byIdentity.get(identity(settlement))).map(Deque::peek);
    found.ifPresent(this::remove);
    return found.map(Waiting::kept);
  }

  private void remove(Waiting<T> waiting) {
    byPlace.remove(waiting.place());
    byIdentity.computeIfPresent(
        waiting.identity(),
        (id, all) -> {
          all.remove(waiting);
          return all.isEmpty() ? null : all;
        });
  }

  /** How many wait. */
  public int size() {
    return byPlace.size();
  }

  /** What was kept with those that wait. */
  public Collection<T> all() {
    List<T> all = new ArrayList<>();
    byPlace.values().forEach(waiting -> all.add(waiting.kept()));
    return all;
  }

  private static Identity identity(Settlement settlement) {
    return new Identity(settlement.tenant().orElse(""), settlement.id());
  }

  private static Place place(DeadLetter letter) {
    return new Place(
        letter.getSourceTopic(), letter.getSourcePartition(), letter.getSourceOffset());
  }
}
