/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.judgement;

/**
 * A usage event.
 *
 * @param attempt id of the attempt
 * @param tenant on whose behalf
 * @param outcome what became of it
 * @param costPicos money, or its upper bound where the outcome is lost, in pico-dollars
 * @param seenNanos when it was read, by {@link System#nanoTime}
 */
public record Usage(
    String attempt, String tenant, Outcome outcome, long costPicos, long seenNanos) {

  /** What became of an attempt. */
  public enum Outcome {
    /** The model answered. */
    ANSWERED,
    /** It failed. */
    FAILED,
    /** A crash or a move has lost what became of it. */
    POSSIBLY_BILLED
  }
}
