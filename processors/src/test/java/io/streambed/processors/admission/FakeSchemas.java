/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.Schema;

/** A registry whose answers a test gives when it likes. */
final class FakeSchemas implements WriterSchemas {

  private final Map<Integer, Schema> known = new HashMap<>();
  private final Map<Integer, CompletableFuture<Lookup>> open = new HashMap<>();
  private int fetches;

  @Override
  public Optional<Schema> cached(int id) {
    return Optional.ofNullable(known.get(id));
  }

  @Override
  public CompletableFuture<Lookup> fetch(int id) {
    fetches++;
    return open.computeIfAbsent(id, key -> new CompletableFuture<>());
  }

  void know(int id, Schema schema) {
    known.put(id, schema);
  }

  /** Answers the fetch that is open, and where it is a schema, keeps it. */
  void answer(int id, Lookup lookup) {
    if (lookup instanceof Lookup.Known found) {
      know(id, found.schema());
    }
    taken(id).complete(lookup);
  }

  void fail(int id, RuntimeException failure) {
    taken(id).completeExceptionally(failure);
  }

  boolean isAsked(int id) {
    return open.containsKey(id);
  }

  int fetches() {
    return fetches;
  }

  private CompletableFuture<Lookup> taken(int id) {
    CompletableFuture<Lookup> answer = open.remove(id);
    if (answer == null) {
      throw new AssertionError("nobody asked for schema " + id);
    }
    return answer;
  }
}
