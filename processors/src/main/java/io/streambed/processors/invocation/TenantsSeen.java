/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.invocation;

import io.streambed.processors.limit.FairQueue.Flow;
import io.streambed.schemas.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether a tenant has had its class to itself lately. Then its backlog may stay where it is, in
 * Kafka; otherwise others may be behind it. Safe for use by many threads.
 */
final class TenantsSeen {

  /** How long a tenant that sends nothing counts as one that may send something. */
  private static final Duration LATELY = Duration.ofMinutes(10);

  private record Seen(String tenant, Instant at) {}

  /** The latest tenant of a class, and the latest other one. */
  private record Latest(Seen last, @Nullable Seen other) {

    Latest and(Seen next) {
      return next.tenant().equals(last.tenant()) ? new Latest(next, other) : new Latest(next, last);
    }

    boolean isAlone(String tenant, Instant since) {
      Seen another = last.tenant().equals(tenant) ? other : last;
      return another == null || another.at().isBefore(since);
    }
  }

  private final Map<Priority, Latest> latest = new EnumMap<>(Priority.class);
  private final Map<Priority, Instant> classes = new EnumMap<>(Priority.class);

  synchronized void saw(Flow flow, Instant now) {
    latest.merge(
        flow.priority(),
        new Latest(new Seen(flow.tenant(), now), null),
        (before, one) -> before.and(one.last()));
    sawClass(flow.priority(), now);
  }

  /** Somebody's work of a class. */
  synchronized void sawClass(Priority priority, Instant now) {
    classes.put(priority, now);
  }

  /** Whether no other tenant of the class was seen lately. */
  synchronized boolean isAlone(Flow flow, Instant now) {
    Latest known = latest.get(flow.priority());
    return known == null || known.isAlone(flow.tenant(), now.minus(LATELY));
  }

  /** Whether work of a class was seen lately. */
  synchronized boolean hasSeen(Priority priority, Instant now) {
    Instant seen = classes.get(priority);
    return seen != null && !seen.isBefore(now.minus(LATELY));
  }
}
