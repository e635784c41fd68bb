/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.replay;

import io.streambed.processors.model.Lane;
import io.streambed.processors.model.ModelAlias;
import io.streambed.processors.model.Quota;
import java.util.Collection;
import java.util.OptionalLong;

/**
 * The part of the platform's lanes that a run may use. A lane without a quota is not paced; what is
 * open of it is limited all the same.
 *
 * @param part above 0 and at most 1
 */
public record Share(double part) {

  private static final double MINUTE = 60;
  private static final double DAY = 24 * 60 * 60;

  /** How fast its requests on a lane may follow each other; without a quota at any pace. */
  Pace pace(Quota quota) {
    return new Pace(
        part * perSecond(quota.requestsPerMinute(), MINUTE), part * tokensPerSecond(quota));
  }

  /** Tokens a second of a lane's quota; infinite for no limit. */
  static double tokensPerSecond(Quota quota) {
    return Math.min(
        perSecond(quota.tokensPerMinute(), MINUTE), perSecond(quota.tokensPerDay(), DAY));
  }

  static double perSecond(OptionalLong quota, double seconds) {
    return quota.isPresent() ? quota.getAsLong() / seconds : Double.POSITIVE_INFINITY;
  }

  /** Most of its requests that may be open at a time: never more calls of one instance's. */
  public int window(Collection<ModelAlias> aliases) {
    int permits =
        aliases.stream()
            .flatMap(alias -> alias.lanes().stream())
            .distinct()
            .mapToInt(Lane::concurrency)
            .sum();
    return (int) Math.max(1, Math.floor(part * permits));
  }
}
