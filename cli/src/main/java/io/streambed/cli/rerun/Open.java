/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.rerun;

import java.util.HashMap;
import java.util.Map;

/** What of a run is open, and what it has spent. Not for use by several threads. */
final class Open {

  private final Map<String, Long> submitted;
  private final Map<String, Long> settledOf = new HashMap<>();
  private long bound;
  private long settled;
  private long settledBound;
  private long spent;

  /**
   * @param submitted requests asked so far, by model
   * @param bound the most that they could cost together, in pico-dollars
   */
  Open(Map<String, Long> submitted, long bound) {
    this.submitted = new HashMap<>(submitted);
    this.bound = bound;
  }

  /** One more is asked. */
  void asked(String model, long itsBound) {
    submitted.merge(model, 1L, Long::sum);
    bound += itsBound;
  }

  /** Something has come of one; what was copied was never open. */
  void settled(Outputs.Output output) {
    if (output.copied()) {
      return;
    }
    settled++;
    settledOf.merge(output.settlement().model().orElse(""), 1L, Long::sum);
    settledBound += output.boundPicoDollars();
    spent += output.settlement().costPicoDollars();
  }

  /** Requests that are asked and not settled. */
  long count() {
    return submitted.values().stream().mapToLong(it -> it).sum() - settled;
  }

  /** Those of a model. */
  long count(String model) {
    return submitted.getOrDefault(model, 0L) - settledOf.getOrDefault(model, 0L);
  }

  /** Requests that are settled. */
  long settled() {
    return settled;
  }

  /** Requests that were asked so far, by model. */
  Map<String, Long> submitted() {
    return Map.copyOf(submitted);
  }

  /** The most that those could cost, in pico-dollars. */
  long bound() {
    return bound;
  }

  /** Money spent by those that are settled, in pico-dollars. */
  long spent() {
    return spent;
  }

  /** The most that the run will have cost when all that is open is settled, in pico-dollars. */
  long most() {
    return spent + bound - settledBound;
  }
}
