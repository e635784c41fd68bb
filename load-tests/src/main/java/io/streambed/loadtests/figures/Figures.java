/*
 * Copyright the Streambed authors.
 *
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.streambed.loadtests.figures;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects what is measured, repeat by repeat. For one thread. */
public final class Figures {
  private final Map<String, List<Double>> values = new LinkedHashMap<>();
  private final Map<String, String> units = new LinkedHashMap<>();

  /** Notes a value. */
  public void add(String name, String unit, double value) {
    values.computeIfAbsent(name, absent -> new ArrayList<>()).add(value);
    units.put(name, unit);
  }

  /** Median of what was noted under a name; not a number if nothing was. */
  public double median(String name) {
    List<Double> all = values.get(name);
    return all == null ? Double.NaN : Statistics.median(all);
  }

  /** Median as a cell of a table, with the extremes where there are several; a dash for nothing. */
  public String cell(String name) {
    List<Double> all = values.get(name);
    if (all == null) {
      return "–";
    }
    String median = Table.cell(Statistics.median(all));
    return all.size() == 1
        ? median
        : "%s (%s–%s)"
            .formatted(
                median,
                Table.cell(all.stream().mapToDouble(it -> it).min().orElse(0)),
                Table.cell(all.stream().mapToDouble(it -> it).max().orElse(0)));
  }

  /** All, in the order of their first value. */
  public List<Figure> all() {
    return values.entrySet().stream()
        .map(entry ->
            Figure.of(entry.getKey(), units.getOrDefault(entry.getKey(), ""), entry.getValue()))
        .toList();
  }
}
