/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.schemas.registry;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;

/**
 * What the registry has said about ids: schemas, which never change, and for a while which ids it
 * does not know. Both are bounded, because broken records can name any id.
 *
 * <p>Safe for use by many threads.
 */
final class SchemaCache {

  /** Far more schemas than a topic has versions. */
  static final int MOST_SCHEMAS = 1_000;

  /** About 1 MB. */
  static final int MOST_UNKNOWN_IDS = 10_000;

  private final Map<Integer, Schema> schemas = bounded(MOST_SCHEMAS);
  private final Map<Integer, Long> unknownUntil = bounded(MOST_UNKNOWN_IDS);
  private final long unknownNanos;
  private final LongSupplier nanoTime;

  /**
   * @param nanoTime as {@link System#nanoTime()}
   */
  SchemaCache(Duration unknownTtl, LongSupplier nanoTime) {
    this.unknownNanos = unknownTtl.toNanos();
    this.nanoTime = nanoTime;
  }

  synchronized Optional<Schema> schema(int id) {
    return Optional.ofNullable(schemas.get(id));
  }

  synchronized boolean isUnknown(int id) {
    Long until = unknownUntil.get(id);
    return until != null && until - nanoTime.getAsLong() > 0;
  }

  synchronized void known(int id, Schema schema) {
    unknownUntil.remove(id);
    schemas.put(id, schema);
  }

  synchronized void unknown(int id) {
    unknownUntil.put(id, nanoTime.getAsLong() + unknownNanos);
  }

  private static <V> Map<Integer, V> bounded(int most) {
    return new LinkedHashMap<>(64, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<Integer, V> eldest) {
        return size() > most;
      }
    };
  }
}
