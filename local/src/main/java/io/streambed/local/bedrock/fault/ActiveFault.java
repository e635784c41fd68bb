/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.local.bedrock.fault;

/**
 * A fault that is set.
 *
 * @param id name for its removal
 * @param fault the fault
 * @param hits calls it has met so far
 */
public record ActiveFault(String id, Fault fault, int hits) {

  /** Whether it can meet no more call. */
  boolean isSpent() {
    return fault.trigger() instanceof FaultTrigger.Next next && hits >= next.calls();
  }

  ActiveFault hitOnce() {
    return new ActiveFault(id, fault, hits + 1);
  }
}
