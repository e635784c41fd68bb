/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.cli.demo;

import io.streambed.cli.settlement.Settlement;
import java.util.Optional;

/**
 * How a request is to be settled.
 *
 * @param outcome where its answer comes from, or the code of its dead letter
 * @param repeat whether it is an earlier settlement, given again
 */
record Expectation(String outcome, boolean repeat) {

  /** What was expected, where the settlement is another. */
  Optional<String> mismatch(Settlement settlement) {
    return outcome.equals(settlement.outcome()) && repeat == settlement.repeat()
        ? Optional.empty()
        : Optional.of("expected " + outcome + (repeat ? " again" : ""));
  }
}
