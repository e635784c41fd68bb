/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.scenario;

import io.streambed.loadtests.subject.StreambedSubject;
import io.streambed.loadtests.subject.Subject;
import java.util.List;

/**
 * How a scenario is run.
 *
 * @param quick whether it is to be short
 * @param repeats how often everything is measured
 * @param seed of what is random
 * @param minutes how long a run lasts that can last any time; 0 for its usual time
 * @param streambed what it is about
 * @param peers what it is measured beside
 * @param only names of the rows of its table to run; all where empty
 */
public record RunOptions(
    boolean quick,
    int repeats,
    long seed,
    int minutes,
    StreambedSubject streambed,
    List<Subject> peers,
    List<String> only) {

  public RunOptions {
    peers = List.copyOf(peers);
    only = List.copyOf(only);
  }
}
