/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.scenario;

import java.time.Duration;

/** A question, and how it is answered. */
public interface Scenario {

  /** Number and name, such as {@code 02-throughput}. */
  String name();

  /** What it asks, in a sentence. */
  String question();

  /**
   * Longest time that it may take; then it is ended by force.
   *
   * @param quick in its quick mode
   * @param subjects how many systems are measured
   * @param repeats how often each is
   */
  Duration limit(boolean quick, int subjects, int repeats);

  /** Measures and judges. */
  void run(Run run);
}
