/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import io.streambed.cli.cluster.Published;
import io.streambed.cli.settlement.Settlement;
import io.streambed.schemas.DeadLetter;
import java.util.HashMap;
import java.util.Map;

/**
 * Requests that were published and are not settled. A dead letter names its request's place in
 * Kafka; a result names id and tenant, so that of requests with one id any takes it.
 */
final class OpenRequests {
  private record Identity(String tenant, String id) {}

  private record Place(String topic, int partition, long offset) {}

  private final Map<Identity, Integer> byIdentity = new HashMap<>();
  private final Map<Place, Identity> byPlace = new HashMap<>();

  void add(String tenant, Published published) {
    Identity identity = new Identity(tenant, published.id());
    byIdentity.merge(identity, 1, Integer::sum);
    byPlace.put(new Place(published.topic(), published.partition(), published.offset()), identity);
  }

  /** Whether this settles one of them, which then counts no more. */
  boolean settles(Settlement settlement) {
    Identity identity =
        settlement instanceof Settlement.Dead dead
            ? byPlace.remove(place(dead.value()))
            : new Identity(settlement.tenant().orElse(""), settlement.id());
    if (identity == null || !byIdentity.containsKey(identity)) {
      return false;
    }
    byIdentity.computeIfPresent(identity, (key, count) -> count == 1 ? null : count - 1);
    return true;
  }

  int size() {
    return byIdentity.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static Place place(DeadLetter letter) {
    return new Place(
        letter.getSourceTopic(), letter.getSourcePartition(), letter.getSourceOffset());
  }
}
