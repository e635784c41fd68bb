/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import java.nio.file.Path;
import java.util.Optional;

/** What calls cost. */
final class PricesSection {

  static final Keys KEYS = new Keys("Prices");

  private static final Key<Optional<Path>> FILE =
      KEYS.optionalPath(
          "prices.file", MEDIUM, "A price table in place of the one that comes with Streambed.");

  private PricesSection() {}

  static Optional<Path> read(Values values) {
    return values.get(FILE);
  }
}
