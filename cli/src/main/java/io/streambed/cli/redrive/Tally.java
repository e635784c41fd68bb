/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.redrive;

import io.streambed.processors.redrive.Skip;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** What a run has done, in numbers. For one thread. */
public final class Tally {
  private final Map<String, Integer> byTopic = new TreeMap<>();
  private final Map<Skip, Integer> skipped = new EnumMap<>(Skip.class);
  private int redriven;
  private int parked;
  private int parkedBefore;
  private int done;
  private int left;
  private int unreadable;

  void addRedriven(String topic) {
    redriven++;
    byTopic.merge(topic, 1, Integer::sum);
  }

  void addParked() {
    parked++;
  }

  void addParkedBefore() {
    parkedBefore++;
  }

  void addDone() {
    done++;
  }

  /** Notes records in the topic of dead letters that are none. */
  public void unreadable(int count) {
    unreadable = count;
  }

  void addLeft() {
    left++;
  }

  void addSkipped(Skip reason) {
    skipped.merge(reason, 1, Integer::sum);
  }

  /** Requests that were published again, by the topic that they went to. */
  public Map<String, Integer> byTopic() {
    return Map.copyOf(byTopic);
  }

  /** Requests that cannot be published again, by the reason. */
  public Map<Skip, Integer> skipped() {
    return Map.copyOf(skipped);
  }

  /** Requests that were published again. */
  public int redriven() {
    return redriven;
  }

  /** Requests that were parked. */
  public int parked() {
    return parked;
  }

  /** Requests that had been parked before. */
  public int parkedBefore() {
    return parkedBefore;
  }

  /** Requests that had been redriven before. */
  public int done() {
    return done;
  }

  /** Records in the topic of dead letters that are none. */
  public int unreadable() {
    return unreadable;
  }

  /** Chosen ones that were left because the limit was reached. */
  public int left() {
    return left;
  }
}
