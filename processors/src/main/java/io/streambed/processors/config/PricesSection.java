/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import io.streambed.processors.model.PricesConfig;
import java.nio.file.Path;
import java.util.Optional;

/** What calls cost. */
final class PricesSection {

  static final Keys KEYS = new Keys("Prices");

  private static final Key<Optional<Path>> FILE =
      KEYS.optionalPath(
          "prices.file",
          MEDIUM,
          "A price table beside the one that comes with Streambed, in the same form; a model that it holds has no other prices.");

  private static final Key<Boolean> BUILT_IN =
      KEYS.flag(
          "prices.built.in",
          true,
          LOW,
          "Whether the table that comes with Streambed counts for models that the file does not hold. Without it such a model has no price: its calls are told with a cost of 0, counted and logged.");

  private PricesSection() {}

  static PricesConfig read(Values values, Problems problems) {
    problems.require(
        values.get(BUILT_IN) || values.get(FILE).isPresent(),
        BUILT_IN,
        "there are no prices at all",
        "Give a table in prices.file, or leave this out",
        FILE);
    return new PricesConfig(values.get(FILE), values.get(BUILT_IN));
  }
}
