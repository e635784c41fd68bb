/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.redrive;

import java.time.Duration;

/**
 * The rule by which the platform redrives by itself.
 *
 * @param enabled whether there is one
 * @param delay how long after its settlement a dead letter's request is published again
 * @param perMinute most requests a minute of all instances together
 * @param most how often a request may be redriven; then it is parked
 */
public record RedriveConfig(boolean enabled, Duration delay, int perMinute, int most) {

  /** What applies where nothing is configured. */
  public static RedriveConfig defaults() {
    return new RedriveConfig(false, Duration.ofMinutes(5), 600, Redriving.USUAL_MOST);
  }
}
