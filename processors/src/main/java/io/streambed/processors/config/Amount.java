/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.processors.config;

import java.util.List;

/** Large numbers for people: 86400000 milliseconds are 1 d. */
final class Amount {

  private record Unit(long size, String name) {}

  private static final List<Unit> TIME =
      List.of(
          new Unit(86_400_000, "d"),
          new Unit(3_600_000, "h"),
          new Unit(60_000, "min"),
          new Unit(1_000, "s"));
  private static final List<Unit> MEMORY =
      List.of(new Unit(1L << 30, "GiB"), new Unit(1L << 20, "MiB"), new Unit(1L << 10, "KiB"));

  private Amount() {}

  /** A default in the largest unit in which it is whole, or nothing. */
  static String of(Key<?> key) {
    if (!(key.preset() instanceof Number number)) {
      return "";
    }
    List<Unit> units =
        key.name().endsWith(".ms") ? TIME : key.name().endsWith(".bytes") ? MEMORY : List.of();
    long value = number.longValue();
    return units.stream()
        .filter(unit -> value >= unit.size() && value % unit.size() == 0)
        .findFirst()
        .map(unit -> value / unit.size() + " " + unit.name())
        .orElse("");
  }
}
