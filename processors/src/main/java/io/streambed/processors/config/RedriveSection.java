/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import io.streambed.processors.redrive.RedriveConfig;
import java.time.Duration;

/** The rule by which the platform redrives by itself. */
final class RedriveSection {

  static final Keys KEYS = new Keys("Redriving");

  private static final RedriveConfig DEFAULTS = RedriveConfig.defaults();
  private static final Key<Boolean> ENABLED =
      KEYS.flag(
          "redrive.enabled",
          DEFAULTS.enabled(),
          MEDIUM,
          "Whether requests of dead letters that were nobody's fault but the provider's or for want of capacity are published again by the platform itself. From then on: what was settled before is left to `./streambed redrive`.");
  private static final Key<Duration> DELAY =
      KEYS.millis(
          "redrive.delay.ms",
          DEFAULTS.delay().toMillis(),
          0,
          Duration.ofDays(7).toMillis(),
          MEDIUM,
          "How long after its settlement.");
  private static final Key<Integer> PER_MINUTE =
      KEYS.count(
          "redrive.per.minute",
          DEFAULTS.perMinute(),
          1,
          10_000_000,
          MEDIUM,
          "Most requests a minute of all instances together.");
  private static final Key<Integer> MOST =
      KEYS.count(
          "redrive.most",
          DEFAULTS.most(),
          1,
          1_000,
          LOW,
          "How often a request may be redriven, by the platform or by hand; then it is parked.");

  private RedriveSection() {}

  static RedriveConfig read(Values values) {
    return new RedriveConfig(
        values.get(ENABLED), values.get(DELAY), values.get(PER_MINUTE), values.get(MOST));
  }
}
