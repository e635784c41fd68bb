/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.admission;

/**
 * What is let in, and how equal work is brought together.
 *
 * @param fingerprintHop whether jobs go through a topic keyed by fingerprint, so that equal work
 *     meets on one partition; without it, work is equal per partition of the requests
 * @param interactiveExpected whether requests are admitted past a backlog of ordinary jobs though
 *     no urgent ones have come lately
 * @param embeddingBuckets over how many keys the texts of one tenant, model and parameters are
 *     spread: few fill batches, many spread the load
 * @param maxRequestBytes most bytes of a request's value
 * @param replayOutputPrefix what the names of topics begin with that a replayed request may have
 *     its result or dead letter written to, beside the live ones
 */
public record AdmissionConfig(
    boolean fingerprintHop,
    boolean interactiveExpected,
    int embeddingBuckets,
    int maxRequestBytes,
    String replayOutputPrefix) {

  /** The values that apply where nothing is configured. */
  public static AdmissionConfig defaults() {
    return new AdmissionConfig(true, false, 4, 900_000, "replay-");
  }
}
