/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.compare;

import io.streambed.schemas.replay.Place;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A request's settlements.
 *
 * @param source place of the recorded request
 * @param before absent where it has not been settled before the run
 * @param copied whether the run took the answer from what was known
 * @param distance of the two answers as vectors, 0 to 2; empty where it is not known
 */
public record Pair(
    Place source,
    String id,
    String tenant,
    Optional<Side> before,
    Side after,
    boolean copied,
    OptionalDouble distance) {

  /** What the new one is beside the old one. */
  public Verdict verdict() {
    if (before.isEmpty()) {
      return Verdict.NEW;
    }
    if (!before.get().isAnswer()) {
      return after.isAnswer() ? Verdict.MENDED : Verdict.FAILED;
    }
    if (!after.isAnswer()) {
      return Verdict.BROKEN;
    }
    return before.get().saysTheSameAs(after) ? Verdict.EQUAL : Verdict.CHANGED;
  }

  /** The same with a distance. */
  public Pair at(double its) {
    return new Pair(source, id, tenant, before, after, copied, OptionalDouble.of(its));
  }

  /** The distance of the two vectors of a text, where they have equally many dimensions. */
  public OptionalDouble ofVectors() {
    List<Float> old = before.map(Side::vector).orElse(List.of());
    return Distance.cosine(old, after.vector());
  }
}
