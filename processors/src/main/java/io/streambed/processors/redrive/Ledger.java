/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.redrive;

import io.streambed.schemas.Redrive;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What was done with dead letters, as the topic of redrives says it. About 200 bytes in memory for
 * each request that it knows. For one thread.
 */
public final class Ledger {

  private final Set<RequestPlace> redriven = new HashSet<>();
  private final Set<RequestPlace> parked = new HashSet<>();
  private final Map<String, Integer> byRun = new HashMap<>();

  /** Takes up what is said. */
  public void note(Redrive redrive) {
    RequestPlace place = RequestPlace.of(redrive);
    switch (redrive.getOutcome()) {
      case REDRIVEN -> {
        if (redriven.add(place)) {
          byRun.merge(redrive.getRun(), 1, Integer::sum);
        }
      }
      case PARKED -> parked.add(place);
      case UNKNOWN -> {
        // Said by a later version: nothing that this one could act on.
      }
    }
  }

  /** What was done with a request's dead letter. */
  public State stateOf(RequestPlace place) {
    if (redriven.contains(place)) {
      return State.REDRIVEN;
    }
    return parked.contains(place) ? State.PARKED : State.OPEN;
  }

  /** How many requests a run has redriven. */
  public int redrivenBy(String run) {
    return byRun.getOrDefault(run, 0);
  }

  /** What was done with a dead letter so far. */
  public enum State {
    /** Nothing. */
    OPEN,
    /** Its request was published again. */
    REDRIVEN,
    /** Its request has been redriven too often. */
    PARKED
  }
}
