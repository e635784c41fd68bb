/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.rerun;

import io.streambed.cli.request.PointInTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Where a range begins or ends, as people write it. */
public sealed interface Bounds {

  /** What can be written, for messages. */
  String FORMS =
      "a time such as 2026-11-20T12:00:00Z, how long ago such as 7d, an offset such as 1200, offsets"
          + " by partition such as 0:1200,1:900, or beginning or end";

  /** At the oldest record. */
  record Beginning() implements Bounds {}

  /** Behind the newest record. */
  record End() implements Bounds {}

  /** At the first record of this time or later. */
  record Time(Instant time) implements Bounds {}

  /**
   * At an offset.
   *
   * @param everywhere for partitions that are not named; empty to leave those out
   */
  record Offsets(Optional<Long> everywhere, Map<Integer, Long> byPartition) implements Bounds {
    public Offsets {
      byPartition = Map.copyOf(byPartition);
    }
  }

  /** Reads one; empty where the text is none. */
  static Optional<Bounds> parse(String text, Instant now) {
    String word = text.strip();
    if (word.equalsIgnoreCase("beginning")) {
      return Optional.of(new Beginning());
    }
    if (word.equalsIgnoreCase("end")) {
      return Optional.of(new End());
    }
    if (word.matches("[0-9]{1,18}")) {
      return Optional.of(new Offsets(Optional.of(Long.parseLong(word)), Map.of()));
    }
    if (word.matches("[0-9]{1,6}:[0-9]{1,18}(,[0-9]{1,6}:[0-9]{1,18})*")) {
      Map<Integer, Long> offsets = new LinkedHashMap<>();
      for (String part : word.split(",", -1)) {
        int colon = part.indexOf(':');
        offsets.put(
            Integer.parseInt(part.substring(0, colon)), Long.parseLong(part.substring(colon + 1)));
      }
      return Optional.of(new Offsets(Optional.empty(), offsets));
    }
    return PointInTime.duration(word)
        .map(ago -> now.minus(ago.abs()))
        .or(() -> PointInTime.parse(word, now))
        .map(Time::new);
  }
}
