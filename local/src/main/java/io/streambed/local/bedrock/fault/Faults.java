/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.fault;

import io.streambed.local.bedrock.ledger.CallFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The faults that are set. Safe to use from any thread. */
public final class Faults {
  private final RandomGenerator random;
  private final List<ActiveFault> active = new ArrayList<>();
  private int lastId;

  /**
   * @param random decides for faults that come by chance; used by one thread at a time
   */
  public Faults(RandomGenerator random) {
    this.random = random;
  }

  /** Sets a fault, and gives the id that removes it. Of several that match, the oldest counts. */
  public synchronized String add(Fault fault) {
    String id = "fault-" + ++lastId;
    active.add(new ActiveFault(id, fault, 0));
    return id;
  }

  /** Removes a fault, and tells whether it was set. */
  public synchronized boolean remove(String id) {
    return active.removeIf(one -> one.id().equals(id));
  }

  /** Removes all. */
  public synchronized void clear() {
    active.clear();
  }

  /** All that are set, spent ones too, oldest first. */
  public synchronized List<ActiveFault> all() {
    return List.copyOf(active);
  }

  /** What meets this call, if anything does. */
  public synchronized Optional<FaultEffect> meet(CallFacts facts, String body) {
    for (int i = 0; i < active.size(); i++) {
      ActiveFault one = active.get(i);
      if (!one.isSpent() && one.fault().match().matches(facts, body) && happens(one.fault())) {
        active.set(i, one.hitOnce());
        return Optional.of(one.fault().effect());
      }
    }
    return Optional.empty();
  }

  private boolean happens(Fault fault) {
    return switch (fault.trigger()) {
      case FaultTrigger.Always() -> true;
      case FaultTrigger.Next next -> true;
      case FaultTrigger.Rate(double share) -> random.nextDouble() < share;
    };
  }
}
