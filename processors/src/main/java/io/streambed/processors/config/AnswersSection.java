/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import io.streambed.processors.answers.AnswersConfig;
import java.time.Duration;

/** How long answers and settlements are kept. */
final class AnswersSection {

  static final Keys KEYS = new Keys("Answers and settlements");

  private static final long YEAR = Duration.ofDays(366).toMillis();
  private static final AnswersConfig DEFAULTS = AnswersConfig.defaults();
  private static final Key<Duration> TTL =
      KEYS.millis(
          "answers.ttl.ms",
          DEFAULTS.ttl().toMillis(),
          0,
          YEAR,
          MEDIUM,
          "How long an answer may serve other, equal requests; 0 for never.");
  private static final Key<Long> MAX_BYTES =
      KEYS.bytes(
          "answers.max.bytes",
          DEFAULTS.maxBytes(),
          1L << 20,
          1L << 40,
          MEDIUM,
          "Most bytes of answers in one partition. The oldest go first, before their time if they must.");
  private static final Key<Duration> WINDOW =
      KEYS.millis(
          "settled.window.ms",
          DEFAULTS.settledWindow().toMillis(),
          60_000,
          YEAR,
          MEDIUM,
          "How long a request that is published again is given its stored settlement.");
  private static final Key<Integer> SLICE =
      KEYS.count(
          "expiry.slice",
          DEFAULTS.expirySlice(),
          1,
          100_000,
          LOW,
          "Entries that are forgotten at one go. Whole pages of up to 100 go, so it can be some more.");

  private AnswersSection() {}

  static AnswersConfig read(Values values) {
    return new AnswersConfig(
        values.get(TTL), values.get(MAX_BYTES), values.get(WINDOW), values.get(SLICE));
  }
}
