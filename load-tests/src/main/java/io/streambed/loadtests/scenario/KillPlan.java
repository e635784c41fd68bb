/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * When an instance is killed, chosen at random by a seed.
 *
 * @param settled so many requests have been settled before
 * @param delay and so much time has passed since
 * @param starting not when it works again, but so long after it was started
 * @param stateLost whether its state directory is lost with it
 */
record KillPlan(int settled, Duration delay, boolean starting, boolean stateLost) {
  private static final int MOST_DELAY_MILLIS = 1500;
  private static final int MOST_START_MILLIS = 3000;
  private static final int ONE_STARTING_IN = 5;

  /** Kills all over a number of requests. */
  static List<KillPlan> of(Random random, int kills, int requests, boolean stateLost) {
    List<KillPlan> plans = new ArrayList<>();
    int[] settled = random.ints(kills, requests / 20, requests * 17 / 20).sorted().toArray();
    for (int n = 0; n < kills; n++) {
      boolean starting = n > 0 && random.nextInt(ONE_STARTING_IN) == 0;
      int most = starting ? MOST_START_MILLIS : MOST_DELAY_MILLIS;
      Duration delay = Duration.ofMillis(random.nextInt(most));
      plans.add(new KillPlan(settled[n], delay, starting, stateLost));
    }
    return plans;
  }
}
