/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.connectors.source;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** How far a shard has been read: what Connect keeps as its offset. */
sealed interface Position {

  String SEQUENCE = "sequence";
  String SUBSEQUENCE = "subsequence";
  String TIMESTAMP = "timestamp";
  String ENDED = "ended";

  /** Nothing was read, and all of it shall be. No offset says so. */
  record Beginning() implements Position {
    @Override
    public Map<String, Object> offset() {
      return Map.of();
    }
  }

  /** Nothing was read, and what arrived from this time on shall be. */
  record From(Instant time) implements Position {
    @Override
    public Map<String, Object> offset() {
      return Map.of(TIMESTAMP, time.toEpochMilli());
    }
  }

  /** A record was read as a whole. */
  record After(String sequence) implements Position {
    @Override
    public Map<String, Object> offset() {
      return Map.of(SEQUENCE, sequence);
    }
  }

  /**
   * Of an aggregated record the first ones were read.
   *
   * @param subsequence number of the last of them, from 0
   */
  record Within(String sequence, long subsequence) implements Position {
    @Override
    public Map<String, Object> offset() {
      return Map.of(SEQUENCE, sequence, SUBSEQUENCE, subsequence);
    }
  }

  /** All of it was read, and nothing will come any more. */
  record Ended() implements Position {
    @Override
    public Map<String, Object> offset() {
      return Map.of(ENDED, true);
    }
  }

  /** As Connect keeps it. */
  Map<String, Object> offset();

  /** The position of an offset; nothing if it is none of ours. */
  static Optional<Position> of(Map<String, ?> offset) {
    Object sequence = offset.get(SEQUENCE);
    Object subsequence = offset.get(SUBSEQUENCE);
    if (offset.size() == 1 && Boolean.TRUE.equals(offset.get(ENDED))) {
      return Optional.of(new Ended());
    }
    if (offset.size() == 1 && offset.get(TIMESTAMP) instanceof Number time) {
      return time.longValue() < 0
          ? Optional.empty()
          : Optional.of(new From(Instant.ofEpochMilli(time.longValue())));
    }
    if (sequence instanceof String number && number.matches("\\d{1,128}")) {
      if (offset.size() == 1) {
        return Optional.of(new After(number));
      }
      if (offset.size() == 2 && subsequence instanceof Number index && index.longValue() >= 0) {
        return Optional.of(new Within(number, index.longValue()));
      }
    }
    return Optional.empty();
  }
}
