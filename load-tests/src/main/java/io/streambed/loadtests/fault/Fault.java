/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.fault;

import java.util.function.Supplier;

/**
 * Something that goes wrong.
 *
 * @param name of its row
 * @param provoked how
 * @param documented what is to follow: the beginning of what {@link Trial} observes
 * @param trial provokes and observes it
 */
public record Fault(String name, String provoked, String documented, Trial trial) {

  /** How an observation begins if the machine does not let us provoke the fault. */
  public static final String IMPOSSIBLE = "not possible here: ";

  /** Provokes a fault, and gives how to see what follows from it. */
  @FunctionalInterface
  public interface Trial {
    /** Begins; what it returns waits for the end and tells what was observed. */
    Supplier<String> begin(Row row);
  }

  /** Whether what was observed is what is documented, if there was anything to be observed. */
  public boolean isMetBy(String observed) {
    return observed.startsWith(IMPOSSIBLE)
        || observed.equals(documented)
        || observed.startsWith(documented + ",");
  }
}
