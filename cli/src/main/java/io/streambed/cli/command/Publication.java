/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.command;

import io.streambed.cli.cluster.OpenRequests;
import io.streambed.cli.cluster.Published;
import io.streambed.cli.request.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.ApiException;
import org.jspecify.annotations.Nullable;

/** What Kafka has said to the requests that were published. Safe for use by many threads. */
final class Publication {
  private final List<Published> places = new ArrayList<>();
  private final OpenRequests<Published> open = new OpenRequests<>();
  private int firstFailed = Integer.MAX_VALUE;
  private @Nullable Throwable reason;

  /** Notes what becomes of a request; {@code number} is its line. */
  void track(int number, Request request, CompletableFuture<Published> sent) {
    sent.whenComplete((place, failure) -> note(number, request, place, failure));
  }

  private synchronized void note(
      int number, Request request, @Nullable Published place, @Nullable Throwable failure) {
    if (place != null) {
      places.add(place);
      open.add(request.tenant(), place, place);
    } else if (number < firstFailed) {
      firstFailed = number;
      reason = failure;
    }
  }

  /**
   * Tells how far it went where not everything was published.
   *
   * @param count how many requests there were
   */
  synchronized void failIfIncomplete(int count) {
    if (reason != null) {
      throw CommandFailedException.failed(
          "published %d of %d requests; the first that Kafka refused is in line %d: %s"
              .formatted(places.size(), count, firstFailed, say(reason)));
    }
  }

  private static String say(Throwable failure) {
    // Kafka's own messages name topics, rights and sizes, and no content.
    return failure instanceof ApiException known
        ? String.valueOf(known.getMessage())
        : failure.getClass().getSimpleName();
  }

  /** The requests that wait for their settlement. */
  synchronized OpenRequests<Published> open() {
    return open;
  }

  /** Where the requests stand. */
  synchronized Stream<Published> places() {
    return List.copyOf(places).stream();
  }

  /** For a person: the id of a single request, or how many went to which topic. */
  synchronized List<String> summary() {
    if (places.size() == 1) {
      Published only = places.getFirst();
      return List.of("published to " + only.topic() + ", id " + only.id());
    }
    Map<String, Integer> counts = new TreeMap<>();
    places.forEach(place -> counts.merge(place.topic(), 1, Integer::sum));
    return counts.entrySet().stream()
        .map(entry -> "published %d requests to %s".formatted(entry.getValue(), entry.getKey()))
        .toList();
  }
}
