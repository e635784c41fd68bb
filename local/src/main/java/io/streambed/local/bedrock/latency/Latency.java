/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.latency;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long a model takes. */
public sealed interface Latency {

  /** Answers at once. */
  Latency NONE = new Fixed(Duration.ZERO);

  /** Time until the answer is whole. */
  Duration untilDone(long outputTokens, RandomGenerator random);

  /** Always the same. */
  record Fixed(Duration time) implements Latency {
    @Override
    public Duration untilDone(long outputTokens, RandomGenerator random) {
      return time;
    }
  }

  /**
   * Anything between two times, each as likely.
   *
   * @param least shortest time
   * @param most longest time
   */
  record Uniform(Duration least, Duration most) implements Latency {
    @Override
    public Duration untilDone(long outputTokens, RandomGenerator random) {
      long spread = most.minus(least).toNanos();
      return least.plusNanos((long) (spread * random.nextDouble()));
    }
  }

  /**
   * Mostly near the median, sometimes much longer.
   *
   * @param median half of the calls take less
   * @param sigma spread of the logarithm; 0.5 makes one call in a hundred three times as long
   */
  record LogNormal(Duration median, double sigma) implements Latency {
    @Override
    public Duration untilDone(long outputTokens, RandomGenerator random) {
      return Duration.ofNanos((long) (median.toNanos() * Math.exp(sigma * random.nextGaussian())));
    }
  }

  /**
   * As models write: some time until the first token, and then each token.
   *
   * @param first until the first token
   * @param each every token
   */
  record PerToken(Duration first, Duration each) implements Latency {
    @Override
    public Duration untilDone(long outputTokens, RandomGenerator random) {
      return first.plus(each.multipliedBy(outputTokens));
    }
  }
}
