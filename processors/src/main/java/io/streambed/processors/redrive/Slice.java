/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.redrive;

import java.util.List;

/**
 * What goes into one transaction.
 *
 * @param again requests to publish again
 * @param parked what is to be told as parked
 */
public record Slice(List<Resend> again, List<Verdict.Parked> parked) {

  public Slice {
    again = List.copyOf(again);
    parked = List.copyOf(parked);
  }

  /** Whether there is nothing to write. */
  public boolean isEmpty() {
    return again.isEmpty() && parked.isEmpty();
  }
}
