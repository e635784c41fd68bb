/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import io.streambed.processors.admission.AdmissionConfig;

/** What is let in, and how equal work is brought together. */
final class AdmissionSection {

  static final Keys KEYS = new Keys("Admission");

  private static final AdmissionConfig DEFAULTS = AdmissionConfig.defaults();
  static final Key<Boolean> HOP =
      KEYS.flag(
          "fingerprint.hop",
          DEFAULTS.fingerprintHop(),
          MEDIUM,
          "Whether jobs go through a topic keyed by fingerprint, so that equal work meets. Switch it off, to save some milliseconds, where producers' own keys bring equal requests together; the promise about equal work then holds per partition.");
  private static final Key<Boolean> INTERACTIVE =
      KEYS.flag(
          "interactive.expected",
          DEFAULTS.interactiveExpected(),
          MEDIUM,
          "Whether INTERACTIVE requests may come at any time. If not, a backlog of STANDARD ones stays in the topics of requests, and one that comes behind it waits there, unless others have come within ten minutes. If so, all are admitted as they come and wait in the topics of jobs, where INTERACTIVE ones overtake.");
  private static final Key<Integer> BUCKETS =
      KEYS.count(
          "embedding.buckets",
          DEFAULTS.embeddingBuckets(),
          1,
          1_000,
          LOW,
          "Over how many keys the texts of one tenant, model and parameters are spread. Few fill batches, many spread the load.");
  private static final Key<Integer> MAX_BYTES =
      KEYS.count(
          "request.max.bytes",
          DEFAULTS.maxRequestBytes(),
          1_024,
          100_000_000,
          MEDIUM,
          "Most bytes of a request's value. A larger one becomes a dead letter.");

  private static final Key<String> REPLAY_PREFIX =
      KEYS.text(
          "replay.output.prefix",
          DEFAULTS.replayOutputPrefix(),
          Validators.topic(),
          MEDIUM,
          "What the names of topics begin with to which a replayed request may have its result or dead letter written, beside the live ones.");

  private AdmissionSection() {}

  static AdmissionConfig read(Values values) {
    return new AdmissionConfig(
        values.get(HOP),
        values.get(INTERACTIVE),
        values.get(BUCKETS),
        values.get(MAX_BYTES),
        values.get(REPLAY_PREFIX));
  }
}
