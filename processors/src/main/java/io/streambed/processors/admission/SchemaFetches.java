/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

import io.streambed.processors.admission.WriterSchemas.Lookup;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The fetches that one task has begun, and when a failed one is begun again. Owned by the stream
 * thread; it never waits: it asks again whether a fetch is done.
 */
final class SchemaFetches {

  /**
   * Broken records can name any id; beyond this many the one asked for least lately is forgotten.
   */
  private static final int MOST_IDS = 1_000;

  private final WriterSchemas schemas;
  private final WaitingConfig config;
  private final RandomGenerator random;
  private final Map<Integer, State> states = new LinkedHashMap<>(16, 0.75f, true);

  private sealed interface State {

    /** The registry is being asked. */
    record Open(CompletableFuture<Lookup> answer, int failures) implements State {}

    /** It gave no answer. */
    record Waiting(int failures, Instant notBefore) implements State {}
  }

  SchemaFetches(WriterSchemas schemas, WaitingConfig config, RandomGenerator random) {
    this.schemas = schemas;
    this.config = config;
    this.random = random;
  }

  /** What is known of an id; where that is nothing, sees to it that the registry is asked. */
  Lookup ask(int id, Instant now) {
    Optional<Schema> known = schemas.cached(id);
    if (known.isPresent()) {
      states.remove(id);
      return new Lookup.Known(known.get());
    }
    return switch (begun(id, now)) {
      case State.Waiting w -> new Lookup.Unavailable();
      case State.Open open when open.answer().isDone() -> done(id, open, now);
      case State.Open open -> new Lookup.Unavailable();
    };
  }

  private State begun(int id, Instant now) {
    @Nullable State state = states.get(id);
    int failures = 0;
    if (state instanceof State.Waiting waiting && !waiting.notBefore().isAfter(now)) {
      failures = waiting.failures();
    } else if (state != null) {
      return state;
    }
    State open = new State.Open(schemas.fetch(id), failures);
    states.put(id, open);
    if (states.size() > MOST_IDS) {
      states.remove(states.keySet().iterator().next());
    }
    return open;
  }

  private Lookup done(int id, State.Open open, Instant now) {
    Lookup lookup =
        open.answer().isCompletedExceptionally()
            ? new Lookup.Unavailable()
            : open.answer().getNow(new Lookup.Unavailable());
    if (lookup instanceof Lookup.Unavailable) {
      states.put(id, new State.Waiting(open.failures() + 1, now.plus(backOff(open.failures()))));
    } else {
      states.remove(id);
    }
    return lookup;
  }

  /** Doubles with each failure up to the longest, and is between half of that and all of it. */
  private Duration backOff(int failures) {
    long longest = config.retryAtMost().toMillis();
    long doubled = config.retryAfter().toMillis() << Math.min(failures, 20);
    long millis = Math.min(longest, doubled);
    return Duration.ofMillis(millis - random.nextLong(millis / 2 + 1));
  }
}
